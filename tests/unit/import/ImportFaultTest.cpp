// ImportFaultTest: what does not fit ends in a diagnostic that names file,
// tensor, found and wanted.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestImporter.h"

#include "dialect/import/WeightCheck.h"

#include <cmath>

using namespace synfire;
using namespace synfire::test;

TEST_CASE("missing and wrong tensors are named with what was found and wanted") {
  {
    TinyModel tiny;
    tiny.tensors["block0.attn.q.wieght"] = tiny.tensors["block0.attn.q.weight"];
    tiny.tensors.erase("block0.attn.q.weight");
    CHECK(tiny.fault() == "tensor 'block0.attn.q.weight' [6, 6] of F32 is missing; did you mean "
                          "'block0.attn.q.wieght'?\n");
  }
  {
    TinyModel tiny;
    tiny.tensors["block0.mlp.fc1.weight"] = filled({6, 12});
    CHECK(tiny.fault() == "tensor 'block0.mlp.fc1.weight' needs shape [12, 6], has [6, 12]\n");
  }
  {
    TinyModel tiny;
    tiny.tensors["head.lif.threshold"] = filled({6});
    CHECK(tiny.fault() == "tensor 'head.lif.threshold' needs shape [1], has [6]\n");
  }
  {
    TinyModel tiny;
    tiny.tensors["Head.gen_FC.weight"] = tiny.tensors["head.fc.weight"];
    tiny.tensors.erase("head.fc.weight");
    CHECK(tiny.fault() == "has tensor 'Head.gen_FC.weight' instead of "
                          "'head.fc.weight': set 'names: spikedecoder'\n");
  }
  {
    TinyModel tiny;
    tiny.import();
    SafetensorsWriter writer(tiny.weights());
    writer.declare("embed.token.weight", TensorType::F16, {4, 4});
    writer.append(std::vector<std::byte>(32));
    REQUIRE(!writer.finish());
    CHECK(!tiny.Importer::import(tiny.folder.file("tiny.yaml")));
    CHECK(tiny.messages.starts_with(tiny.folder.file("tiny.yaml") +
                                    ":4:10: error: " + tiny.weights() +
                                    ": tensor 'embed.token.weight' needs type F32, has F16\n"));
  }
}

TEST_CASE("all faults of a file are reported together, the first eight in full") {
  TinyModel tiny;
  tiny.description = withLine(kTinyDescription, "mlp_expansion", "  mlp_expansion: 3");
  tiny.tensors.erase("head.fc.bias");
  std::string faults = tiny.fault();
  CHECK(std::count(faults.begin(), faults.end(), '\n') == 8);
  CHECK(faults.find("'block0.mlp.fc1.weight' needs shape [18, 6], has [12, 6]") !=
        std::string::npos);
  CHECK(faults.find("'head.fc.bias' [4] of F32 is missing\n") != std::string::npos);
  tiny.tensors.erase("head.fc.weight");
  CHECK(tiny.fault().ends_with(": 1 more tensors are missing or wrong\n"));
}

TEST_CASE("every tensor of the model is missed when it is not there") {
  for (auto &[name, tensor] : tinyTensors()) {
    TinyModel tiny;
    tiny.tensors.erase(name);
    CHECK(tiny.fault().starts_with("tensor '" + name + "' " + shapeText(tensor.shape) +
                                   " of F32 is missing"));
  }
}

TEST_CASE("numbers of vectors and thresholds are checked at import") {
  auto faultWith = [](const std::string &name, size_t at, float number) {
    TinyModel tiny;
    tiny.tensors[name].numbers[at] = number;
    return tiny.fault();
  };
  CHECK(faultWith("block0.attn.q.bias", 3, std::nanf("")) ==
        "tensor 'block0.attn.q.bias' needs finite numbers, has nan at [3]\n");
  CHECK(faultWith("block0.attn.q_norm.running_mean", 0, INFINITY) ==
        "tensor 'block0.attn.q_norm.running_mean' needs finite numbers, has inf at [0]\n");
  CHECK(faultWith("block0.mlp.fc2_norm.running_var", 5, -0.5f) ==
        "tensor 'block0.mlp.fc2_norm.running_var' needs numbers of at least 0, has -0.500000 at "
        "[5]\n");
  CHECK(faultWith("head.lif.threshold", 0, 0) ==
        "tensor 'head.lif.threshold' needs numbers above 0, so that a neuron at rest does not "
        "fire, has 0.000000 at [0]\n");
}

TEST_CASE("numbers of matrices and tables are checked by checkWeights") {
  for (std::string name : {"block0.mlp.fc1.weight", "embed.position.weight"}) {
    TinyModel tiny;
    size_t columns = size_t(tiny.tensors[name].shape[1]);
    tiny.tensors[name].numbers[columns + 1] = -INFINITY;
    auto module = tiny.import();
    REQUIRE(module);
    CHECK(tiny.messages == "");
    CHECK(mlir::failed(checkWeights(*module)));
    std::string op = name.substr(0, name.rfind('.'));
    std::string attribute = op == "embed.position" ? "table" : "weight";
    CHECK(tiny.messages == tiny.folder.file("tiny.yaml") + ":4:10: error: " + tiny.weights() +
                               ": tensor '" + name + "' (" + attribute + " of '" + op +
                               "') needs finite numbers, has -inf at [1, 1]\n");
  }
}

TEST_CASE("tensors that nothing uses are a warning, leftovers of training are not") {
  TinyModel tiny;
  tiny.tensors["block0.attn.q_norm.num_batches_tracked"] = filled({1});
  CHECK(tiny.import());
  CHECK(tiny.messages == "");
  tiny.tensors["block1.attn.q.weight"] = filled({1});
  tiny.tensors["block2.attn.q.weight"] = filled({1});
  CHECK(tiny.import());
  CHECK(tiny.messages ==
        tiny.folder.file("tiny.yaml") + ":4:10: warning: " + tiny.weights() +
            ": tensor 'block1.attn.q.weight' and 1 more are not used by the model; does the "
            "description fit the weights?\n");
}

TEST_CASE("faults of the description are diagnostics at their place") {
  TinyModel tiny;
  tiny.description = withLine(kTinyDescription, "heads", "  heads: 4");
  CHECK(!tiny.import());
  CHECK(tiny.messages == tiny.folder.file("tiny.yaml") +
                             ":19:10: error: 'heads' is 4, which does not divide the width 6\n");
}

TEST_CASE("what is no model is refused by name") {
  Folder folder;
  Importer importer;
  CHECK(!importer.import(folder.file("none.mlir")));
  CHECK(importer.messages ==
        "error: " + folder.file("none.mlir") + ": cannot be opened: No such file or directory\n");
  CHECK(!importer.import(folder.file("model.onnx")));
  CHECK(importer.messages == "error: " + folder.file("model.onnx") +
                                 ": unknown kind of model; supported are .yaml (a description), "
                                 ".mlir, .mlirbc\n");
  CHECK(!importer.import(folder.write("bad.mlir", "func.func @main(")));
  CHECK(importer.messages.find(folder.file("bad.mlir") + ":1:") == 0);
  CHECK(!importer.import(folder.write("bad.mlirbc", "ML\xefR plainly not bytecode")));
  CHECK(importer.messages.find("error: ") != std::string::npos);
}
