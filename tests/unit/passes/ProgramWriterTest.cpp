// ProgramWriterTest: the files of a program, byte for byte and when they cannot be.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/PassTestModule.h"
#include "tests/unit/passes/RandomNetwork.h"

#include "dialect/spike/Weights.h"
#include "passes/ProgramWriter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace synfire;
using namespace synfire::test;

namespace {

class Folder {
public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "synfire-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

std::string bytesOf(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A compiled random network.
struct Compiled : PassTestModule {
  explicit Compiled(int64_t weightBits = 0, bool transposed = false) {
    RandomNetwork network(11);
    network.transposed = transposed;
    REQUIRE(parse(network.text()));
    CompileOptions options;
    options.target = weightBits > 16 ? "loihi2" : "mesh-16x16";
    options.targetsFolder = kTargets;
    options.weightBits = weightBits;
    mlir::PassManager manager(&context);
    buildCompilePipeline(manager, options);
    bool compiled = succeeded(manager.run(*module));
    INFO(messages);
    REQUIRE(compiled);
  }
};

/// Limits the size of files that this process may write, as a full disk does.
class FileSizeLimit {
public:
  explicit FileSizeLimit(rlim_t bytes) {
    previous = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    rlimit limit = {bytes, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, previous);
  }

private:
  rlimit old;
  void (*previous)(int);
};

} // namespace

TEST_CASE("every stored integer is the rounded weight of its place") {
  for (int64_t bits : {8, 16, 32}) {
    Folder folder;
    Compiled compiled(bits);
    std::string path = folder.path / "net.mlirbc";
    REQUIRE(succeeded(writeProgram(*compiled.module, path)));
    auto written = mlir::parseSourceFile<mlir::ModuleOp>(path, &compiled.context);
    REQUIRE(written);
    std::string weights = bytesOf(folder.path / "net.weights");
    auto program = *written->getOps<chip::ProgramOp>().begin();
    CHECK(program.getWeightsFile() == "net.weights");
    CHECK(*program.getWeightsBytes() == weights.size());
    REQUIRE(program.getSourceChecksum());
    CHECK(program.getSourceChecksum()->starts_with("xxh3:"));
    CHECK(written->getOps<mlir::func::FuncOp>().empty());

    std::map<std::string, spike::LinearOp> linears;
    compiled.module->walk([&](spike::LinearOp op) { linears[spike::sourceName(op)] = op; });
    int64_t compared = 0;
    mlir::SymbolTable symbols(program);
    for (auto slice : program.getOps<chip::SliceOp>())
      for (auto block : slice.getOps<chip::SynapsesOp>()) {
        auto projection = symbols.lookup<chip::ProjectionOp>(block.getProjection());
        int64_t offset = *block.getOffset(), width = *block.getWeightBytes();
        CHECK(offset % 64 == 0);
        CHECK(width == bits / 8);
        auto stored = [&](int64_t index) -> int64_t {
          if (width == 1)
            return static_cast<int8_t>(weights[offset + index]);
          int32_t value = 0; // what stands last is the sign
          std::memcpy(reinterpret_cast<char *>(&value) + 4 - width,
                      weights.data() + offset + width * index, width);
          return value >> (32 - 8 * width);
        };
        if (projection.getEncoding() == "sparse")
          continue;
        spike::LinearOp linear = linears.at(projection.getOp().str());
        auto view = *spike::WeightView::get(linear.getWeight());
        spike::FixedAttr encoding = spike::getFixedEncoding(linear.getResult().getType());
        // The readout counts spikes, each of which is worth 1/T in the mean.
        double worth = projection.getOp() == "head.fc" ? 0.25 : 1.0;
        for (int64_t r = 0; r < int64_t(block.getRows()); ++r)
          for (int64_t c = 0; c < int64_t(slice.getColumns()); ++c, ++compared) {
            int64_t column = slice.getFirstColumn() + c;
            double real = linear.getColumnFactor(column) * worth *
                          view[column * linear.getRows() + block.getFirstRow() + r];
            double steps = real / encoding.scaleOf(column);
            CHECK(std::fabs(double(stored(r * slice.getColumns() + c)) - steps) <= 0.5 + 1e-9);
          }
      }
    CHECK(compared > 0);
  }
}

TEST_CASE("equal modules give equal bytes") {
  Folder folder;
  fs::create_directory(folder.path / "again");
  REQUIRE(succeeded(writeProgram(*Compiled().module, (folder.path / "net.mlirbc").string())));
  Compiled second;
  std::string again = folder.path / "again" / "net.mlirbc";
  REQUIRE(succeeded(writeProgram(*second.module, again)));
  CHECK(bytesOf(folder.path / "net.mlirbc") == bytesOf(again));
  CHECK(bytesOf(folder.path / "net.weights") == bytesOf(folder.path / "again" / "net.weights"));
  // Writing leaves the module as it was: a second file is the same again.
  REQUIRE(succeeded(writeProgram(*second.module, again)));
  CHECK(bytesOf(folder.path / "net.mlirbc") == bytesOf(again));
}

TEST_CASE("weights stored as [inputs, outputs] give the same program") {
  Folder folder;
  fs::create_directory(folder.path / "turned");
  std::string turned = folder.path / "turned" / "net.mlirbc";
  Compiled plain(0, false), transposed(0, true);
  int64_t seen = 0;
  transposed.module->walk([&](spike::LinearOp op) { seen += op.isTransposed(); });
  CHECK(seen == 6); // all but the head; norms are folded into them
  REQUIRE(succeeded(writeProgram(*plain.module, (folder.path / "net.mlirbc").string())));
  REQUIRE(succeeded(writeProgram(*transposed.module, turned)));
  CHECK(bytesOf(folder.path / "net.weights") == bytesOf(folder.path / "turned" / "net.weights"));
  CHECK(bytesOf(folder.path / "net.mlirbc") == bytesOf(turned));
}

TEST_CASE("a folder that is not there is named, and nothing is left") {
  Compiled compiled;
  Folder folder;
  std::string path = folder.path / "missing" / "net.mlirbc";
  CHECK(failed(writeProgram(*compiled.module, path)));
  CHECK(compiled.messages.find((folder.path / "missing" / "net.mlirbc").string()) !=
        std::string::npos);
  CHECK(compiled.messages.find("No such file or directory") != std::string::npos);
}

TEST_CASE("a disk that fills up is an error, and no half-written file remains") {
  Compiled compiled;
  Folder folder;
  std::string path = folder.path / "net.mlirbc";
  {
    FileSizeLimit limit(100);
    CHECK(failed(writeProgram(*compiled.module, path)));
  }
  CHECK(compiled.messages.find("net.weights': cannot be written: File too large") !=
        std::string::npos);
  CHECK(fs::is_empty(folder.path));
  CHECK(succeeded(writeProgram(*compiled.module, path)));
}

TEST_CASE("a projection that states other zeros than its weights have is refused") {
  Folder folder;
  PassTestModule test;
  RandomNetwork network(11);
  REQUIRE(test.parse(network.text()));
  CompileOptions options;
  options.target = "mesh-16x16";
  options.targetsFolder = kTargets;
  options.weightFormat = "ternary";
  mlir::PassManager manager(&test.context);
  buildCompilePipeline(manager, options);
  REQUIRE_MESSAGE(succeeded(manager.run(*test.module)), test.messages);
  const std::string path = folder.path / "net.mlirbc";
  REQUIRE(succeeded(writeProgram(*test.module, path)));
  chip::ProjectionOp changed;
  test.module->walk([&](chip::ProjectionOp op) {
    if (op.getNonzeros())
      changed = op;
  });
  REQUIRE(changed);
  llvm::SmallVector<int64_t> nonzeros(*changed.getNonzeros());
  nonzeros[0] += nonzeros[0] == 0 ? 1 : -1;
  changed.setNonzeros(llvm::ArrayRef<int64_t>(nonzeros));
  CHECK(failed(writeProgram(*test.module, path)));
  CHECK_MESSAGE(test.messages.find("weights that are not 0, as the model has, states " +
                                   std::to_string(nonzeros[0]) + "; lower the model again") !=
                    std::string::npos,
                test.messages);
}

TEST_CASE("only a compiled module can be written, and only under a program's name") {
  PassTestModule test;
  REQUIRE(test.parse(RandomNetwork(1).text()));
  CHECK(failed(writeProgram(*test.module, "net.mlirbc")));
  CHECK(test.messages.find("needs one chip.program to write, has 0") != std::string::npos);
  Compiled compiled;
  CHECK(failed(writeProgram(*compiled.module, "net.txt")));
  CHECK(compiled.messages.find("needs a name that ends in .mlirbc or .mlir") != std::string::npos);
}
