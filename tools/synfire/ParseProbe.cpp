// ParseProbe: reads a file of MLIR in a child process.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/ParseProbe.h"

#include "dialect/SourceBuffer.h"
#include "dialect/chip/Chip.h"
#include "dialect/spike/Spike.h"
#include "support/MemoryNeed.h"
#include "tools/synfire/Interrupt.h"
#include "tools/synfire/ModuleTextCheck.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SourceMgr.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <new>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace synfire::tool {
namespace {

/// Exit codes of the child.
enum : int { kRead = 0, kNoMemory = 2, kTruncated = 3, kRefused = 4 };

/// Where the child writes what the reader of bytecode objects to: a page that both processes share.
class SharedMessage {
public:
  SharedMessage()
      : page(mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {}
  ~SharedMessage() {
    if (page != MAP_FAILED)
      munmap(page, kBytes);
  }
  SharedMessage(const SharedMessage &) = delete;
  SharedMessage &operator=(const SharedMessage &) = delete;

  void set(const std::string &text) {
    if (page != MAP_FAILED)
      std::strncpy(static_cast<char *>(page), text.c_str(), kBytes - 1);
  }
  std::string get() const { return page == MAP_FAILED ? "" : static_cast<const char *>(page); }

private:
  static constexpr size_t kBytes = 4096;
  void *page;
};

bool isBytecode(llvm::StringRef bytes) { return bytes.starts_with("ML\xefR"); }

/// Limits of the child. Its stack is half of the parent's, so that what it survives the parent
/// survives, whose frames are others.
void limitChild() {
  const rlimit noCore{0, 0};
  setrlimit(RLIMIT_CORE, &noCore);
  constexpr rlim_t kLargestStack = 64 << 20;
  rlimit stack{};
  getrlimit(RLIMIT_STACK, &stack);
  stack.rlim_cur = std::min(stack.rlim_cur, kLargestStack) / 2;
  setrlimit(RLIMIT_STACK, &stack);
  std::set_new_handler([] { _exit(kNoMemory); });
  llvm::remove_bad_alloc_error_handler();
  llvm::install_bad_alloc_error_handler([](void *, const char *, bool) { _exit(kNoMemory); });
  std::signal(SIGBUS, [](int) { _exit(kTruncated); });
  struct sigaction fault = {};
  fault.sa_handler = [](int) {
    if (memoryIsGone()) // MLIR does not check what malloc() gives it
      _exit(kNoMemory);
  };
  // On the stack that the parent's handler has; the second fault ends the process.
  fault.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  sigaction(SIGSEGV, &fault, nullptr);
}

/// Parses, then verifies: false, after setting `refusal`, when the reader objects to bytecode.
bool readSource(const std::shared_ptr<llvm::SourceMgr> &sources, bool bytecode,
                mlir::MLIRContext &context, SharedMessage &refusal) {
  std::string said;
  context.getDiagEngine().registerHandler([&said](mlir::Diagnostic &diagnostic) {
    if (said.empty())
      said = diagnostic.str();
    return mlir::success();
  });
  const mlir::ParserConfig config(&context, /*verifyAfterParse=*/false);
  mlir::OwningOpRef<mlir::ModuleOp> module = mlir::parseSourceFile<mlir::ModuleOp>(sources, config);
  if (!module && bytecode) {
    refusal.set(said.empty() ? "it holds no module" : said);
    return false;
  }
  if (module)
    (void)mlir::verify(*module);
  return true;
}

/// Runs in the child: parses the file without printing diagnostics, within the limit of time, and
/// leaves no core file.
[[noreturn]] void readAndExit(const std::string &path, SharedMessage &refusal) {
  limitChild();
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  {
    mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
    context.loadDialect<spike::SpikeDialect, chip::ChipDialect, mlir::func::FuncDialect>();
    auto opened = openSourceBuffer(path);
    if (auto *buffer = std::get_if<0>(&opened)) {
      const rlim_t time = 10 + (*buffer)->getBufferSize() / (8 << 20);
      const rlimit seconds{time, time};
      setrlimit(RLIMIT_CPU, &seconds);
      const bool bytecode = isBytecode((*buffer)->getBuffer());
      auto sources = std::make_shared<llvm::SourceMgr>();
      sources->AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
      if (!readSource(sources, bytecode, context, refusal))
        _exit(kRefused);
    }
  }
  _exit(kRead);
}

/// Checks a text before any reader of MLIR sees it.
std::string checkText(const std::string &path) {
  auto opened = openSourceBuffer(path);
  if (opened.index() == 1) // the real read says why
    return {};
  const llvm::StringRef text = std::get<0>(opened)->getBuffer();
  if (!isBytecode(text)) // it may stand under the name of a text
    if (auto fault = findFatalText({text.data(), text.size()}))
      return path + ":" + std::to_string(fault->position.line) + ":" +
             std::to_string(fault->position.column) + ": " + fault->message;
  return {};
}

} // namespace

std::string probeParse(const std::string &path) {
  const bool text = llvm::StringRef(path).ends_with(".mlir");
  if (!text && !llvm::StringRef(path).ends_with(".mlirbc"))
    return {};
  if (text)
    if (std::string fault = checkText(path); !fault.empty())
      return fault;
  // No thread of ours runs yet but the one that waits for signals (Interrupt.h), and that
  // holds nothing which the child would wait for: when a signal comes, the child ends.
  SharedMessage refusal;
  const pid_t parent = getpid(), child = fork();
  if (child < 0)
    return "'" + path + "': cannot be checked in a process of its own: " +
           std::generic_category().message(errno);
  if (child == 0) {
    endWithParent(parent);
    readAndExit(path, refusal);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kTruncated)
    return "'" + path + "': was truncated while it was read";
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNoMemory)
    return "'" + path + "': cannot be read in the memory that is left (" +
           memoryAmount(static_cast<double>(memoryLeft())) +
           "); it is damaged, or larger than this memory";
  if (WIFEXITED(status) && WEXITSTATUS(status) == kRefused)
    return "'" + path + "': cannot be read as bytecode: " + refusal.get() +
           "; if it is damaged, make it again";
  if (status != 0) // a signal, or the exit of a sanitizer
    return "'" + path + "': is damaged: MLIR's reader of " + (text ? "text" : "bytecode") +
           " does not survive it; make it again";
  return {};
}

} // namespace synfire::tool
