// WorkerPoolTest: loops of independent items on any number of threads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/WorkerPool.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include <pthread.h>

using namespace synfire;

TEST_CASE("every item runs once, whatever the number of threads") {
  for (int threads : {-1, 1, 2, 5}) {
    WorkerPool pool(threads);
    CHECK(pool.threads() == std::max(threads, 1));
    for (int64_t items : {0, 1, 2, 7, 1000}) {
      std::vector<int> runs(items);
      std::vector<int> workers(items, -1);
      pool.forEach(items, [&](int64_t item, int worker) {
        ++runs[item];
        workers[item] = worker;
      });
      CHECK(runs == std::vector<int>(items, 1));
      for (int worker : workers)
        CHECK((worker >= 0 && worker < pool.threads()));
    }
  }
}

// Memory for stacks of 32 TiB is not to be had for more than a few threads, so the
// system refuses the others. AddressSanitizer touches the whole stack.
#if !defined(__SANITIZE_ADDRESS__)
TEST_CASE("threads that the system refuses are done without") {
  pthread_attr_t before, huge;
  REQUIRE(pthread_getattr_default_np(&before) == 0);
  REQUIRE(pthread_attr_init(&huge) == 0);
  REQUIRE(pthread_attr_setstacksize(&huge, size_t{1} << 45) == 0);
  REQUIRE(pthread_setattr_default_np(&huge) == 0);
  {
    WorkerPool pool(64);
    pthread_setattr_default_np(&before);
    CHECK(pool.threads() < 64);
    std::vector<int> runs(1000);
    pool.forEach(1000, [&](int64_t item, int worker) {
      ++runs[item];
      CHECK(worker < pool.threads());
    });
    CHECK(runs == std::vector<int>(1000, 1));
  }
  pthread_attr_destroy(&huge);
  pthread_attr_destroy(&before);
}
#endif
