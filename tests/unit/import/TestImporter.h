// TestImporter: imports of a tiny model whose tensors a test can change.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_IMPORT_TESTIMPORTER_H
#define SYNFIRE_TESTS_UNIT_IMPORT_TESTIMPORTER_H

#include "TestFiles.h"
#include "TestModels.h"

#include "dialect/import/Import.h"

#include "mlir/IR/Diagnostics.h"

#include <doctest/doctest.h>

namespace synfire::test {

/// A context that keeps diagnostics as "FILE:LINE:COLUMN: error: ...".
struct Importer {
  Importer() : handler(&context, [this](mlir::Diagnostic &diagnostic) { note(diagnostic); }) {}

  mlir::OwningOpRef<mlir::ModuleOp> import(const std::string &path,
                                           const ImportOptions &options = {}) {
    messages.clear();
    return importModel(context, path, options);
  }

  mlir::MLIRContext context;
  std::string messages;

private:
  void note(mlir::Diagnostic &diagnostic) {
    if (auto file = diagnostic.getLocation()->findInstanceOf<mlir::FileLineColLoc>())
      messages += file.getFilename().str() + ":" + std::to_string(file.getLine()) + ":" +
                  std::to_string(file.getColumn()) + ": ";
    messages +=
        diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error ? "error: " : "warning: ";
    messages += diagnostic.str() + "\n";
  }
  mlir::ScopedDiagnosticHandler handler;
};

/// Numbers that differ from tensor to tensor and are good for any of them.
inline FloatTensor filled(std::vector<int64_t> shape, float first = 0.5f) {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  FloatTensor tensor{std::move(shape), {}};
  for (int64_t i = 0; i < count; ++i)
    tensor.numbers.push_back(first + 0.01f * float(i));
  return tensor;
}

/// Tensors of kTinyDescription under our names; `lifs` are its LIFs.
inline FloatTensors tinyTensors(const std::vector<std::string> &lifs = {
                                    "block0.attn.in_lif", "block0.attn.q_lif", "block0.attn.k_lif",
                                    "block0.attn.v_lif", "block0.attn.att_lif", "block0.mlp.in_lif",
                                    "block0.mlp.hidden_lif", "head.lif"}) {
  FloatTensors tensors = {{"embed.token.weight", filled({4, 4}, -0.1f)},
                          {"embed.position.weight", filled({8, 2}, -0.1f)},
                          {"head.fc.weight", filled({4, 6})},
                          {"head.fc.bias", filled({4})}};
  auto linear = [&](const std::string &name, int64_t outputs, int64_t inputs) {
    tensors[name + ".weight"] = filled({outputs, inputs});
    tensors[name + ".bias"] = filled({outputs});
    for (const char *part : {".weight", ".bias", ".running_mean", ".running_var"})
      tensors[name + "_norm" + part] = filled({outputs});
  };
  for (const char *name : {"q", "k", "v", "proj"})
    linear(std::string("block0.attn.") + name, 6, 6);
  linear("block0.mlp.fc1", 12, 6);
  linear("block0.mlp.fc2", 6, 12);
  for (const std::string &lif : lifs)
    tensors[lif + ".threshold"] = filled({1});
  return tensors;
}

/// A folder with the tiny model; imports it with its tensors changed.
struct TinyModel : Importer {
  FloatTensors tensors = tinyTensors();
  std::string description = kTinyDescription;
  Folder folder;

  mlir::OwningOpRef<mlir::ModuleOp> import(const ImportOptions &options = {}) {
    writeTensors(weights(), tensors);
    return Importer::import(folder.write("tiny.yaml", description), options);
  }
  /// The one diagnostic of an import that must fail, without its place.
  std::string fault() {
    CHECK(!import());
    std::string prefix = folder.file("tiny.yaml") + ":4:10: error: " + weights() + ": ";
    CHECK(messages.substr(0, prefix.size()) == prefix);
    return messages.substr(std::min(prefix.size(), messages.size()));
  }
  std::string weights() const { return folder.file("tiny.safetensors"); }
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_IMPORT_TESTIMPORTER_H
