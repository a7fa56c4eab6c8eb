// Pipeline: the order of the passes, written once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Pipeline.h"

using namespace mlir;
using namespace synfire;

void synfire::buildQuantizePipeline(OpPassManager &manager, const CompileOptions &options) {
  manager.addPass(createWireSlices());
  manager.addPass(createFoldNormalization());
  QuantizeWeightsOptions quantize;
  quantize.target = options.target;
  quantize.targetsFolder = options.targetsFolder;
  quantize.maxTokens = options.maxTokens;
  quantize.weightBits = options.weightBits;
  quantize.weightFormat = options.weightFormat;
  quantize.residual = options.residual;
  manager.addPass(createQuantizeWeights(quantize));
}

void synfire::buildCompilePipeline(OpPassManager &manager, const CompileOptions &options) {
  const std::string &target = options.target;
  const std::string &folder = options.targetsFolder;

  buildQuantizePipeline(manager, options);
  manager.addPass(createAssignHost({target, folder, options.host}));
  manager.addPass(createLowerToChip({target, folder, options.maxTokens}));

  manager.addPass(createPartitionOps({target, folder}));
  manager.addPass(createPlaceSlices({target, folder, options.placer, options.seed}));
  manager.addPass(createRouteFlows({target, folder}));
  manager.addPass(createScheduleTicks({options.schedule}));
  manager.addPass(createVerifyMapping({target, folder}));
}

namespace {

/// The CompileOptions as synfire-opt reads them: `--synfire-compile="target=loihi2 ..."`.
struct PipelineText : PassPipelineOptions<PipelineText> {
  Option<std::string> target{*this, "target", llvm::cl::desc("chip name or file")};
  Option<std::string> targetsFolder{*this, "targets-folder",
                                    llvm::cl::desc("folder of chip files")};
  Option<int64_t> weightBits{*this, "weight-bits", llvm::cl::init(0)};
  Option<std::string> weightFormat{*this, "weight-format"};
  Option<int64_t> maxTokens{*this, "max-tokens", llvm::cl::init(0)};
  Option<HostPolicy> host{*this, "host", llvm::cl::init(HostPolicy::Allow),
                          llvm::cl::values(clEnumValN(HostPolicy::Allow, "allow", ""),
                                           clEnumValN(HostPolicy::Refuse, "refuse", ""))};
  Option<std::string> schedule{*this, "schedule", llvm::cl::init("sequential")};
  Option<std::string> placer{*this, "placer"};
  Option<uint64_t> seed{*this, "seed", llvm::cl::init(1)};
  Option<ResidualForm> residual{*this, "residual", llvm::cl::init(ResidualForm::Merged),
                                llvm::cl::values(clEnumValN(ResidualForm::Merged, "merged", ""),
                                                 clEnumValN(ResidualForm::Host, "host", ""))};

  CompileOptions read() const {
    return {target, targetsFolder, weightBits, weightFormat, maxTokens,
            host,   schedule,      placer,     seed,         residual};
  }
};

} // namespace

void synfire::registerAllPasses() {
  registerSynfirePasses();
  PassPipelineRegistration<PipelineText>("synfire-quantize", "fold norms and quantise",
                                         [](OpPassManager &manager, const PipelineText &text) {
                                           buildQuantizePipeline(manager, text.read());
                                         });
  PassPipelineRegistration<PipelineText>("synfire-compile",
                                         "all passes, to a verified chip.program",
                                         [](OpPassManager &manager, const PipelineText &text) {
                                           buildCompilePipeline(manager, text.read());
                                         });
}
