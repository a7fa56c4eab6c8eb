# lit configuration: .mlir files with RUN lines, checked by FileCheck.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import os

import lit.formats

config.name = "synfire"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.synfire_build_dir, "tests", "lit")
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.synfire_build_dir, "bin"), config.llvm_tools_dir,
     config.environment["PATH"]])
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "SYNFIRE_REFERENCE", "SYNFIRE_PLANTED_FAULT"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
config.substitutions.append(("%targets", os.path.join(config.synfire_source_dir, "targets", "chips")))
config.substitutions.append(("%models", os.path.join(config.synfire_source_dir, "examples", "models")))
config.substitutions.append(("%source", config.synfire_source_dir))
