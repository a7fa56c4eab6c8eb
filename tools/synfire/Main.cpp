// synfire: prepares the process and runs the command line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/RunInputs.h"
#include "tools/synfire/CommandLine.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/Interrupt.h"
#include "tools/synfire/LastResort.h"

using namespace synfire::tool;

int main(int argc, char **argv) {
  prepareStreams();
  if (std::string error = endAtInterrupt(); !error.empty()) {
    printError(error);
    return kBadInput;
  }
  synfire::runInputs::remember();
  installLastResort();
  return runCommandLine(argc, argv);
}
