// ParseProbe: reads a file of MLIR in a child process.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/ParseProbe.h"

#include "dialect/SourceBuffer.h"
#include "dialect/chip/Chip.h"
#include "dialect/spike/Spike.h"
#include "tools/synfire/Interrupt.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/SourceMgr.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace synfire::tool {
namespace {

/// Runs in the child: parses the file without printing diagnostics, within the limit of time, and
/// leaves no core file.
[[noreturn]] void readAndExit(const std::string &path) {
  const rlimit noCore{0, 0};
  setrlimit(RLIMIT_CORE, &noCore);
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
      auto sources = std::make_shared<llvm::SourceMgr>();
      sources->AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
      mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
    }
  }
  _exit(0);
}

} // namespace

std::string probeParse(const std::string &path) {
  const bool text = llvm::StringRef(path).ends_with(".mlir");
  if (!text && !llvm::StringRef(path).ends_with(".mlirbc"))
    return {};
  // No thread of ours runs yet but the one that waits for signals (Interrupt.h), and that
  // holds nothing which the child would wait for: when a signal comes, the child ends.
  const pid_t parent = getpid(), child = fork();
  if (child < 0)
    return {};
  if (child == 0) {
    endWithParent(parent);
    readAndExit(path);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0) // a signal, or the exit of a sanitizer
    return "'" + path + "': is damaged: MLIR's reader of " + (text ? "text" : "bytecode") +
           " does not survive it; make it again";
  return {};
}

} // namespace synfire::tool
