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

/// Runs the items of a loop on several threads. The items are handed out in ascending order,
/// each to the next free thread. For results that do not depend on the number of threads,
/// `body` must write only to memory that belongs to its item or to its worker. The calling
/// thread takes part as worker 0. When the system refuses to start a thread, the pool works
/// with fewer.
class WorkerPool {
public:
  /// `threads` counts the calling thread; a number below 1 counts as 1.
  explicit WorkerPool(int threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool &) = delete;
  WorkerPool &operator=(const WorkerPool &) = delete;

  int threads() const { return static_cast<int>(helpers.size()) + 1; }

  /// Calls body(item, worker) once for every item in [0, items); `worker`, in [0, threads()),
  /// is the number of the thread that makes the call. Returns when all items are done. `body`
  /// must not throw, and must not call forEach.
  void forEach(int64_t items, const std::function<void(int64_t item, int worker)> &body);

private:
  void helperLoop(int worker);
  void work(int worker);

  std::mutex mutex;
  std::condition_variable wake, done;
  const std::function<void(int64_t, int)> *current = nullptr;
  int64_t itemCount = 0;
  std::atomic<int64_t> nextItem{0};
  uint64_t round = 0; ///< number of calls of forEach; a change wakes the helpers
  int busyHelpers = 0;
  bool stopping = false;
  std::vector<std::jthread> helpers;
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_WORKERPOOL_H
