// The command line as a user meets it: exit codes, messages, files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include "simulator/loader/Loader.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

namespace {

/// Copies the trained model's description and weights to a folder.
std::string copyModel(const TemporaryFolder &folder) {
  std::filesystem::create_directory(folder / "tolstoy-char");
  std::filesystem::copy_file(kModel, folder / "tolstoy-char.yaml");
  std::filesystem::copy_file(std::string(SYNFIRE_SOURCE_DIR) +
                                 "/examples/models/tolstoy-char/model.safetensors",
                             folder / "tolstoy-char/model.safetensors");
  return folder / "tolstoy-char.yaml";
}

} // namespace

TEST_CASE("simulate runs what compile wrote, and interpret dumps the same spikes") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc", text = "prince andrew rode up to the hill";
  REQUIRE(runSynfire({"compile", kModel, "--target", "loihi2", "-o", program}).exitCode == 0);
  const CommandResult simulated =
      runSynfire({"simulate", program, "--text", text, "-o", folder / "out", "--dump",
                  folder / "s.safetensors", "--json"});
  REQUIRE_MESSAGE(simulated.exitCode == 0, simulated.err);
  CHECK(simulated.out == readFile(folder / "out/results.json"));
  const CommandResult interpreted =
      runSynfire({"interpret", kModel, "--text", text, "--domain", "quantized", "--target",
                  "loihi2", "--generate", "0", "--dump", folder / "i.safetensors"});
  REQUIRE_MESSAGE(interpreted.exitCode == 0, interpreted.err);
  CHECK(readFile(folder / "s.safetensors") == readFile(folder / "i.safetensors"));
}

TEST_CASE("wrong usage ends with exit code 2") {
  CHECK(runSynfire({}).exitCode == 2);
  CHECK(runSynfire({"fly"}).exitCode == 2);
  CHECK(runSynfire({"run", kModel}).exitCode == 2);
  CHECK(runSynfire({"list", "unicorns"}).exitCode == 2);
  CHECK(
      runSynfire({"run", kModel, "--target", "loihi2", "--threads", "0", "--text", "a"}).exitCode ==
      2);
}

TEST_CASE("help and lists end with exit code 0") {
  for (const std::string command :
       {"list", "import", "count", "interpret", "evaluate", "compile", "simulate", "run"})
    CHECK(runSynfire({command, "--help"}).exitCode == 0);
  for (const std::string what :
       {"targets", "models", "passes", "neuron-models", "placers", "metrics"}) {
    const CommandResult list = runSynfire({"list", what, "--json"});
    CHECK(list.exitCode == 0);
    CHECK(contains(list.out, "\"" + what + "\""));
  }
  CHECK(contains(runSynfire({"list", "targets"}).out, "loihi2"));
}

TEST_CASE("a target or a precision makes interpret a quantised run, and both are looked at") {
  const std::vector<std::string> run = {"interpret", kModel, "--text", "prince", "--generate", "0"};
  auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), run.begin(), run.end());
    return runSynfire(more);
  };
  CHECK(!contains(with({}).out, "spikes equal to the float model's"));
  CHECK(contains(with({"--weight-bits", "4"}).out, "spikes equal to the float model's"));
  CHECK(with({"--target", "loihi2"}).out ==
        with({"--target", "loihi2", "--domain", "quantized"}).out);
  CHECK(with({"--target", "nosuchchip"}).exitCode == 1);
  CHECK(with({"--target", "loihi2", "--domain", "float"}).exitCode == 2);
  CHECK(with({"--weight-bits", "4", "--domain", "float"}).exitCode == 2);
  CHECK(runSynfire({"count", kModel, "--text", "a", "--target", "loihi2", "--domain", "float"})
            .exitCode == 2);
}

TEST_CASE("a seed that is no whole number is wrong usage") {
  for (const std::string seed : {"-1", "99999999999999999999", "1.5", "x"}) {
    const CommandResult result =
        runSynfire({"interpret", kModel, "--random-weights", seed, "--text", "a"});
    CHECK(result.exitCode == 2);
    CHECK(contains(result.err, "'" + seed + "' is not a whole number of 0 to 2^64 - 1"));
  }
}

TEST_CASE("bad text ends with exit code 1 and says why") {
  TemporaryFolder folder;
  const std::vector<std::string> run = {"run",      kModel, "--target",
                                        "tiny-2x2", "-o",   folder / "out"};
  auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = run;
    all.insert(all.end(), more.begin(), more.end());
    return runSynfire(all);
  };
  CommandResult result = with({"--text", "ab\xFFz"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "byte 2 is 0xff"));
  result = with({"--text", ""});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "empty after cleaning"));
  result = with({"--strict-text", "--text", "caf\u00E9"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "--strict-text"));
  result = with({});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "--text"));
  result = with({"--text", "@" + (folder / "absent.txt")});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "absent.txt"));
  writeFile(folder / "ids.json", "[1, 2, 30]");
  result = with({"--tokens", folder / "ids.json"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "token 2: needs an id of 0 to 29, has 30"));
  writeFile(folder / "ids.json", "[1, -2]");
  CHECK(with({"--tokens", folder / "ids.json"}).exitCode == 1);
  writeFile(folder / "ids.json", "{");
  CHECK(with({"--tokens", folder / "ids.json"}).exitCode == 1);
  CHECK_FALSE(std::filesystem::exists(folder / "out/results.json"));
}

TEST_CASE("damaged weights end with exit code 1 and name file and tensor") {
  TemporaryFolder folder;
  const std::string model = copyModel(folder);
  const std::string weights = folder / "tolstoy-char/model.safetensors";
  const std::string original = readFile(weights);
  auto compileWith = [&](const std::string &bytes) {
    writeFile(weights, bytes);
    return runSynfire({"compile", model, "--target", "tiny-2x2", "-o", folder / "p.mlirbc"});
  };
  REQUIRE(compileWith(original).exitCode == 0);
  std::filesystem::remove(folder / "p.mlirbc");

  CommandResult result = compileWith(original.substr(0, original.size() / 2));
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "model.safetensors"));
  result = compileWith(original.substr(0, 5));
  CHECK(result.exitCode == 1);
  result = compileWith("");
  CHECK(result.exitCode == 1);

  std::string renamed = original;
  const size_t at = renamed.find("block0.attn.q.weight");
  REQUIRE(at != std::string::npos);
  renamed[at] = 'c';
  result = compileWith(renamed);
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "block0.attn.q.weight"));

  std::string nan = original;
  nan.replace(nan.size() - 4, 4, std::string("\x00\x00\xC0\x7F", 4));
  result = compileWith(nan);
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "nan"));
  CHECK_FALSE(std::filesystem::exists(folder / "p.mlirbc"));
}

TEST_CASE("a damaged program is refused") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc";
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", program}).exitCode == 0);
  const std::string weights = readFile(folder / "p.weights"), code = readFile(program);
  auto simulate = [&] {
    return runSynfire({"simulate", program, "--text", "abc", "-o", folder / "out"});
  };
  REQUIRE(simulate().exitCode == 0);
  writeFile(folder / "p.weights", weights.substr(0, weights.size() / 2));
  CommandResult result = simulate();
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "p.weights"));
  // One weight more or less, or another model's weights: the size is right.
  for (const size_t at : {size_t(0), weights.size() / 2, weights.size() - 1}) {
    std::string flipped = weights;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    writeFile(folder / "p.weights", flipped);
    result = simulate();
    CHECK(result.exitCode == 1);
    CHECK(contains(result.err, "'p.weights': needs the checksum xxh3:"));
    CHECK(contains(result.err, "compile again"));
  }
  REQUIRE(runSynfire({"compile", kModel, "--random-weights", "3", "--target", "tiny-2x2", "-o",
                      folder / "q.mlirbc"})
              .exitCode == 0);
  REQUIRE(readFile(folder / "q.weights").size() == weights.size());
  std::filesystem::copy_file(folder / "q.weights", folder / "p.weights",
                             std::filesystem::copy_options::overwrite_existing);
  result = simulate();
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "'p.weights': needs the checksum xxh3:"));
  std::filesystem::remove(folder / "p.weights");
  result = simulate();
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "p.weights: cannot be opened"));
  // A copied program still names the side file that it was written with.
  std::filesystem::copy_file(program, folder / "copy.mlirbc");
  result = runSynfire({"simulate", folder / "copy.mlirbc", "--text", "abc", "-o", folder / "out"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "p.weights: cannot be opened"));
  CHECK(contains(result.err, "keep it beside the program under that name"));
  writeFile(folder / "p.weights", weights);
  writeFile(program, code.substr(0, code.size() / 3));
  CHECK(simulate().exitCode == 1);
}

TEST_CASE("no bit of a program's bytecode changes unseen") {
  TemporaryFolder folder;
  const std::string path = folder / "p.mlirbc";
  compileModel(kTestModels + "feed-forward.mlir", "tiny-2x2", path);
  const std::string bytes = readFile(path);
  const auto refused = [&] {
    return !sim::bytecodeFault(path).empty() || sim::ProgramFile::parse(path).index() == 1;
  };
  CHECK_FALSE(refused());
  // One byte of the file at a time: to write it anew for every bit takes a minute.
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&](size_t at, int byte) {
    file.seekp(static_cast<std::streamoff>(at)).put(static_cast<char>(byte)).flush();
  };
  int64_t unseen = 0;
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      put(at, bytes[at] ^ (1 << bit));
      unseen += !refused();
    }
    put(at, bytes[at]);
  }
  CHECK(unseen == 0);
  CHECK_FALSE(refused());
  // What is cut off or stands behind it is seen, too.
  writeFile(path, bytes.substr(0, bytes.size() - 1));
  CHECK(refused());
  writeFile(path, bytes + '\0');
  CHECK(refused());
}

TEST_CASE("unknown targets and malformed descriptions end with exit code 1") {
  TemporaryFolder folder;
  CommandResult result =
      runSynfire({"run", kModel, "--target", "loihi3", "--text", "abc", "-o", folder / "out"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "loihi2"));
  writeFile(folder / "model.yaml", "synfire: model/1\nname: [\n");
  result = runSynfire({"import", folder / "model.yaml"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "model.yaml:"));
}

TEST_CASE("a model too large for the chip is refused with the numbers") {
  TemporaryFolder folder;
  writeFile(
      folder / "small.yaml",
      "extends: tiny-2x2\nname: small\ndescription: for a test\ncore:\n  synapse_memory_kib: 16\n");
  const CommandResult result = runSynfire(
      {"run", kModel, "--target", folder / "small.yaml", "--text", "abc", "-o", folder / "out"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "KiB"));
  CHECK(contains(result.err, "small"));
}

TEST_CASE("an output folder that cannot be written, and a full disk") {
  TemporaryFolder folder;
  writeFile(folder / "file", "");
  CommandResult result =
      runSynfire({"run", kModel, "--target", "tiny-2x2", "--text", "abc", "-o", folder / "file"});
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "file"));
  // A limit on file sizes, between those of the results and of the dump, fails a write
  // as a full disk does.
  const std::string program = folder / "p.mlirbc", dump = folder / "d.safetensors";
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", program}).exitCode == 0);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{200000, before.rlim_max};
  auto *handler = std::signal(SIGXFSZ, SIG_IGN); // the child inherits both
  setrlimit(RLIMIT_FSIZE, &small);
  result = runSynfire({"simulate", program, "--text", std::string(60, 'a'), "--generate", "0", "-o",
                       folder / "out", "--dump", dump});
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, dump + ": cannot be written: File too large"));
  for (const auto &entry : std::filesystem::directory_iterator(folder.path))
    CHECK_FALSE(contains(entry.path().filename().string(), "d.safetensors"));
}

TEST_CASE("simulate takes a variant of the chip in prices and times, and no other chip") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc", chip = folder / "variant.yaml";
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", program}).exitCode == 0);
  auto simulateOn = [&](const std::string &target) {
    return runSynfire(
        {"simulate", program, "--target", target, "--text", "abc", "--json", "-o", folder / "out"});
  };
  const std::string head = "extends: tiny-2x2\nname: variant\ndescription: for a test\n";
  writeFile(chip, head + "energy:\n  synop_dense_pj: {value: 3000, basis: assumed, source: test}\n"
                         "sources:\n  test: none\n");
  CommandResult result = simulateOn(chip);
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  CHECK(contains(result.out, "\"variant\""));
  CHECK(result.out != simulateOn("tiny-2x2").out);

  writeFile(chip, head + "core:\n  state_bits: 20\n");
  result = simulateOn(chip);
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "p.mlirbc: "));
  CHECK(contains(result.err, "was compiled for 'core.state_bits' "));
  CHECK(contains(result.err, "chip 'variant' has 20"));
  result = simulateOn("loihi2");
  CHECK(result.exitCode == 1);
  CHECK(contains(result.err, "chip 'loihi2' has "));
}

TEST_CASE("run writes the results.json of compile and simulate, with seed and warnings") {
  TemporaryFolder folder;
  const std::string chip = folder / "narrow.yaml";
  // Membranes so narrow that the compiler has something to say.
  writeFile(chip, "extends: tiny-2x2\nname: narrow\ndescription: for a test\n"
                  "core:\n  state_bits: 16\n");
  const std::vector<std::string> mapping = {kModel, "--target", chip, "--seed", "7"};
  std::vector<std::string> run = {"run"}, compile = {"compile"};
  run.insert(run.end(), mapping.begin(), mapping.end());
  run.insert(run.end(), {"--text", "abc", "-o", folder / "a"});
  compile.insert(compile.end(), mapping.begin(), mapping.end());
  compile.insert(compile.end(), {"-o", folder / "p.mlirbc"});
  CommandResult result = runSynfire(run);
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  REQUIRE(contains(result.err, "synfire: warning: "));
  REQUIRE(runSynfire(compile).exitCode == 0);
  // Without --target: the chip file that compile was given.
  result = runSynfire({"simulate", folder / "p.mlirbc", "--text", "abc", "-o", folder / "b"});
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  const std::string json = readFile(folder / "a/results.json");
  CHECK(json == readFile(folder / "b/results.json"));
  CHECK(contains(json, "\"seed\": 7"));
  CHECK(contains(json, "a leak without rounding needs"));
  CHECK_FALSE(contains(json, "synfire: warning"));
}

TEST_CASE("a program whose chip file is gone asks for it") {
  TemporaryFolder folder;
  const std::string program = folder / "p.mlirbc", chip = folder / "mine.yaml";
  const std::string text = "extends: tiny-2x2\nname: mine\ndescription: for a test\n";
  writeFile(chip, text);
  REQUIRE(runSynfire({"compile", kModel, "--target", chip, "-o", program}).exitCode == 0);
  std::filesystem::rename(chip, folder / "moved.yaml");
  auto simulate = [&](const std::vector<std::string> &more) {
    std::vector<std::string> all = {"simulate", program, "--text", "abc", "-o", folder / "out"};
    all.insert(all.end(), more.begin(), more.end());
    return runSynfire(all);
  };
  CommandResult result = simulate({});
  CHECK(result.exitCode == 1);
  CHECK(result.err.starts_with("synfire: error: "));
  CHECK(contains(result.err, "p.mlirbc: was compiled for the chip '" + chip + "'"));
  CHECK(contains(result.err, "--target FILE"));
  CHECK(simulate({"--target", folder / "moved.yaml"}).exitCode == 0);
  result = simulate({"--target", "loihi3"});
  CHECK(result.exitCode == 1);
  CHECK(result.err.starts_with("synfire: error: unknown chip 'loihi3'"));
  // A place in a file is told as compilers do.
  writeFile(chip, text + "speed: 3\n");
  result = simulate({});
  CHECK(result.exitCode == 1);
  CHECK(result.err.starts_with(chip + ":4:"));
}

TEST_CASE("results warn of random weights, of dropped text and of prices in another unit") {
  TemporaryFolder folder;
  const std::string chip = folder / "joule.yaml";
  writeFile(chip, "extends: tiny-2x2\nname: joule\ndescription: for a test\n"
                  "sources: {test: none}\n"
                  "energy: {synop_dense_pj: {value: 3.0e-12, basis: assumed, source: test}}\n");
  const CommandResult result =
      runSynfire({"run", kTestModels + "residual1.yaml", "--random-weights", "3", "--target", chip,
                  "--text", "ab#cd", "--generate", "0", "-o", folder / "out"});
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  const std::string json = readFile(folder / "out/results.json");
  for (const std::string warning :
       {"the weights are random (seed 3)", "unknown to the model and were dropped: 1",
        "'energy.synop_dense_pj' is 3e-12 picojoules"}) {
    CAPTURE(warning);
    CHECK(contains(json, warning));
    CHECK(contains(result.out, "\nwarning: "));
    CHECK(contains(result.out, warning));
  }
}

TEST_CASE("work without a price reads unpriced in the table, is empty in CSV and absent in JSON") {
  TemporaryFolder folder;
  const CommandResult result = runSynfire({"run", kModel, "--target", "loihi2", "--text", "prince",
                                           "--generate", "0", "-o", folder / "out"});
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  auto lineOf = [](const std::string &text, const std::string &start) {
    const size_t at = text.find("\n" + start) + 1;
    REQUIRE(at > 0);
    return text.substr(at, text.find('\n', at) - at);
  };
  CHECK(contains(lineOf(result.out, "head.fc.dequantize "), " unpriced"));
  CHECK(contains(lineOf(result.out, "(chip) "), " unpriced"));
  CHECK(contains(lineOf(result.out, "total "), "*"));
  CHECK(contains(lineOf(result.out, "left out of the total"), " barrier (energy.barrier_pj), "));
  CHECK(contains(lineOf(result.out, "left out of the total"), " io_bits (host.byte_pj), "));
  CHECK(contains(lineOf(result.out, "per token, over 6 tokens: "), " us"));
  const std::string csv = readFile(folder / "out/ops.csv");
  const std::string header = csv.substr(0, csv.find('\n')),
                    row = lineOf(csv, "head.fc.dequantize,");
  const std::string before = header.substr(0, header.find(",energy_pj,"));
  const auto column = std::count(before.begin(), before.end(), ',') + 1;
  size_t at = 0;
  for (int64_t i = 0; i < column; ++i)
    at = row.find(',', at) + 1;
  CHECK(row[at] == ','); // an empty cell
  for (const auto &op : nlohmann::json::parse(readFile(folder / "out/results.json"))["ops"])
    CHECK(op["energy_pj"].contains("total") ==
          (op["name"] != "(chip)" && op["name"] != "head.fc.dequantize"));
}

TEST_CASE("the summary of compile names the chip as the report does, not its file") {
  TemporaryFolder folder;
  const std::string chip = folder / "file.yaml";
  writeFile(chip, "extends: tiny-2x2\nname: mine\ndescription: for a test\n");
  const CommandResult result =
      runSynfire({"compile", kModel, "--target", chip, "-o", folder / "p.mlirbc"});
  REQUIRE(result.exitCode == 0);
  CHECK(contains(result.err, " cores of 'mine', "));
}

TEST_CASE("count takes the rates of a run, of this version") {
  TemporaryFolder folder;
  REQUIRE(runSynfire({"run", kModel, "--target", "tiny-2x2", "--text", "prince", "--generate", "0",
                      "-o", folder / "out"})
              .exitCode == 0);
  const std::string results = folder / "out/results.json";
  const CommandResult counted = runSynfire({"count", kModel, "--rates", results});
  REQUIRE_MESSAGE(counted.exitCode == 0, counted.err);
  CHECK(contains(counted.out, "per token, over "));
  std::string old = readFile(results);
  old.replace(old.find("synfire.results/2"), 17, "synfire.results/1");
  writeFile(results, old);
  const CommandResult refused = runSynfire({"count", kModel, "--rates", results});
  CHECK(refused.exitCode == 1);
  CHECK(contains(refused.err, "was written by version 1 of synfire.results, this program reads "
                              "version 2"));
}
