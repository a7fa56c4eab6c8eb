// WorkerPool: threads that take the items of a loop from a shared counter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/WorkerPool.h"

#include <algorithm>
#include <system_error>

namespace synfire {

WorkerPool::WorkerPool(int threads) {
  // Space is reserved first, so that emplace_back below can throw only std::system_error. Any
  // other exception would leave helpers that already wait and are never woken.
  helpers.reserve(static_cast<size_t>(std::max(threads, 1)) - 1);
  try {
    for (int worker = 1; worker < threads; ++worker)
      helpers.emplace_back([this, worker] { helperLoop(worker); });
  } catch (const std::system_error &) {
    // The system refuses to start another thread; the pool works with those it has.
  }
}

WorkerPool::~WorkerPool() {
  {
    std::lock_guard lock(mutex);
    stopping = true;
  }
  wake.notify_all();
  helpers.clear(); // joins while mutex and conditions still exist
}

void WorkerPool::forEach(int64_t items, const std::function<void(int64_t item, int worker)> &body) {
  if (helpers.empty() || items < 2) {
    for (int64_t item = 0; item < items; ++item)
      body(item, 0);
    return;
  }
  {
    std::lock_guard lock(mutex);
    current = &body;
    itemCount = items;
    nextItem.store(0, std::memory_order_relaxed);
    busyHelpers = static_cast<int>(helpers.size());
    ++round;
  }
  wake.notify_all();
  work(0);
  std::unique_lock lock(mutex);
  done.wait(lock, [this] { return busyHelpers == 0; });
}

void WorkerPool::work(int worker) {
  for (;;) {
    const int64_t item = nextItem.fetch_add(1, std::memory_order_relaxed);
    if (item >= itemCount)
      return;
    (*current)(item, worker);
  }
}

void WorkerPool::helperLoop(int worker) {
  uint64_t seen = 0;
  std::unique_lock lock(mutex);
  for (;;) {
    wake.wait(lock, [&] { return stopping || round != seen; });
    if (stopping)
      return;
    seen = round;
    lock.unlock();
    work(worker);
    lock.lock();
    if (--busyHelpers == 0)
      done.notify_one();
  }
}

} // namespace synfire
