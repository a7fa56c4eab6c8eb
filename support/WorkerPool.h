// WorkerPool: a few threads that share loops of independent items.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_WORKERPOOL_H
#define SYNFIRE_SUPPORT_WORKERPOOL_H

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace synfire {

/// Items are handed out in order to whoever is free, so `body` must write only
/// to what belongs to its item (or its worker) for results to be the same with
/// any number of threads. The calling thread is worker 0.
/// Where the system refuses to make as many threads, there are fewer.
class WorkerPool {
public:
  explicit WorkerPool(int threads); ///< with the caller's; below 1 is 1
  ~WorkerPool();
  WorkerPool(const WorkerPool &) = delete;
  WorkerPool &operator=(const WorkerPool &) = delete;

  int threads() const { return static_cast<int>(helpers.size()) + 1; }

  /// Calls body(item, worker) for every item in [0, items), worker in
  /// [0, threads()). Returns when all are done. `body` must not throw.
  void forEach(int64_t items, const std::function<void(int64_t item, int worker)> &body);

private:
  void helperLoop(int worker);
  void work(int worker);

  std::mutex mutex;
  std::condition_variable wake, done;
  const std::function<void(int64_t, int)> *current = nullptr;
  int64_t itemCount = 0;
  std::atomic<int64_t> nextItem{0};
  uint64_t round = 0; ///< counts calls of forEach, so helpers see a new one
  int busyHelpers = 0;
  bool stopping = false;
  std::vector<std::jthread> helpers;
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_WORKERPOOL_H
