// SafeOutputsTest: results are those of one run, whole, and inputs stay, however a run ends.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <sys/stat.h>
#include <thread>

using namespace synfire::test;

namespace {

using Clock = std::chrono::steady_clock;

const std::string kSmall = kTestModels + "residual1.yaml";

/// Arguments of a run of the small model; its weights and its input depend on `kind`.
std::vector<std::string> smallRun(int kind, const std::string &folder) {
  return {"run",
          kSmall,
          "--random-weights",
          std::to_string(kind + 3),
          "--text",
          kind ? "ab" : "abc",
          "--target",
          "tiny-2x2",
          "-o",
          folder,
          "--generate",
          "0"};
}

/// How many processes a test kills: `usual` ones, or what SYNFIRE_TEST_KILLS says.
int kills(int usual) {
  const char *wanted = std::getenv("SYNFIRE_TEST_KILLS");
  return wanted ? std::atoi(wanted) : usual;
}

void sleepMicroseconds(int64_t count) {
  std::this_thread::sleep_for(std::chrono::microseconds(count));
}

/// Runs both kinds into folders of their own. Returns the results, and how long a run takes.
std::pair<std::vector<Files>, int64_t> quietRuns(const TemporaryFolder &folder) {
  std::vector<Files> quiet;
  int64_t microseconds = 0;
  for (const int kind : {0, 1}) {
    const std::string out = folder / ("quiet" + std::to_string(kind));
    const auto start = Clock::now();
    REQUIRE(runSynfire(smallRun(kind, out)).exitCode == 0);
    microseconds =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
    quiet.push_back(resultsIn(out));
    REQUIRE(quiet.back().size() == 6);
  }
  for (const auto &[name, bytes] : quiet[0])
    if (name != "cores.csv" && name != "links.csv")
      REQUIRE(bytes != quiet[1][name]);
  return {quiet, microseconds};
}

/// Every file below a folder, with its bytes; without what .synfire keeps.
Files filesBelow(const std::string &folder) {
  Files files;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && !contains(entry.path().string(), "/.synfire/"))
      files[entry.path().string()] = readFile(entry.path().string());
  return files;
}

} // namespace

TEST_CASE("a run killed at any moment leaves the old results, the new ones, or none before") {
  TemporaryFolder folder;
  const std::string out = folder / "out";
  const auto [quiet, duration] = quietRuns(folder);
  std::mt19937 dice(1);
  Files before;
  int replaced = 0;
  for (int attempt = 0; attempt < kills(60); ++attempt) {
    const int kind = before == quiet[0] ? 1 : 0;
    {
      Process run = startSynfire(smallRun(kind, out));
      sleepMicroseconds(dice() % (duration * 5 / 4));
    } // kills it
    const Files after = resultsIn(out);
    REQUIRE((after == before || after == quiet[kind]));
    replaced += after != before;
    before = after;
  }
  CHECK(replaced > 0);
  CHECK(replaced < kills(60));
  // What the killed ones left is gone after the next.
  REQUIRE(runSynfire(smallRun(0, out)).exitCode == 0);
  CHECK(std::distance(std::filesystem::directory_iterator(out + "/.synfire"), {}) == 3);
}

TEST_CASE("a compilation killed at any moment leaves a program that finds its own weights") {
  TemporaryFolder folder;
  const auto compile = [&](int kind, const std::string &program) {
    return std::vector<std::string>{
        "compile", kSmall, "--random-weights", std::to_string(kind + 3), "--target", "tiny-2x2",
        "-o",      program};
  };
  const auto simulated = [&](const std::string &program) {
    const CommandResult result = runSynfire(
        {"simulate", program, "--text", "abc", "--generate", "0", "--json", "-o", folder / "out"});
    CHECK_MESSAGE(result.exitCode == 0, result.err);
    return result.out;
  };
  std::vector<std::string> quiet;
  int64_t duration = 0;
  for (const int kind : {0, 1}) {
    const std::string own = folder / std::to_string(kind);
    std::filesystem::create_directory(own);
    const auto start = Clock::now();
    REQUIRE(runSynfire(compile(kind, own + "/p.mlir")).exitCode == 0);
    duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
    quiet.push_back(simulated(own + "/p.mlir"));
  }
  REQUIRE(quiet[0] != quiet[1]);

  // Between its renames: the weights have a name that says their checksum.
  const std::string program = folder / "p.mlir", weights = folder / "p.weights";
  const std::string text = readFile(folder / "1/p.mlir");
  const std::string checksum = "weights_checksum \"xxh3:";
  const size_t place = text.find(checksum);
  REQUIRE(place != std::string::npos);
  const std::string digits = text.substr(place + checksum.size(), 16);
  const std::string standIn = weights + "." + digits;
  namespace fs = std::filesystem;
  fs::copy_file(folder / "0/p.mlir", program);
  fs::copy_file(folder / "0/p.weights", weights);
  fs::copy_file(folder / "1/p.weights", standIn);
  CHECK(simulated(program) == quiet[0]);
  fs::copy_file(folder / "1/p.mlir", program, fs::copy_options::overwrite_existing);
  CHECK(simulated(program) == quiet[1]);
  fs::remove(weights);
  CHECK(simulated(program) == quiet[1]);
  writeFile(standIn, "damaged");
  CHECK(runSynfire({"simulate", program, "--text", "abc", "-o", folder / "out"}).exitCode == 1);
  REQUIRE(runSynfire(compile(0, program)).exitCode == 0);
  CHECK_FALSE(fs::exists(standIn));

  std::mt19937 dice(4);
  int before = 0, replaced = 0;
  for (int attempt = 0; attempt < kills(20); ++attempt) {
    const int kind = 1 - before;
    {
      Process run = startSynfire(compile(kind, program));
      // Later ones live longer, so that some end on a machine that has become slower, too.
      sleepMicroseconds(dice() % (duration * (5 + attempt) / 4));
    } // kills it
    const std::string after = simulated(program);
    REQUIRE((after == quiet[0] || after == quiet[1]));
    replaced += after == quiet[kind];
    before = after == quiet[0] ? 0 : 1;
  }
  CHECK(replaced > 0);
  for (int round = 0; round < 5; ++round) {
    Process first = startSynfire(compile(0, program)), second = startSynfire(compile(1, program));
    CHECK(first.wait().exitCode == 0);
    CHECK(second.wait().exitCode == 0);
    const std::string after = simulated(program);
    CHECK((after == quiet[0] || after == quiet[1]));
  }
}

TEST_CASE("an interrupt of run at any moment says truly whether its results were written") {
  TemporaryFolder folder;
  const std::string out = folder / "out";
  const auto [quiet, duration] = quietRuns(folder);
  std::mt19937 dice(2);
  Files before;
  for (int attempt = 0; attempt < 60; ++attempt) {
    const int kind = before == quiet[0] ? 1 : 0;
    Process run = startSynfire(smallRun(kind, out));
    sleepMicroseconds(dice() % (duration * 5 / 4));
    kill(run.id(), attempt % 3 == 0 ? SIGINT : attempt % 3 == 1 ? SIGTERM : SIGHUP);
    const CommandResult result = run.wait();
    const Files after = resultsIn(out);
    CAPTURE(result.err);
    if (result.exitCode < 0) { // before main
      REQUIRE(result.err == "");
      REQUIRE(after == before);
    } else if (contains(result.err, "interrupted; nothing was written\n")) {
      REQUIRE(result.exitCode == 1);
      REQUIRE(after == before);
    } else if (contains(result.err, "interrupted; ")) {
      REQUIRE(result.exitCode == 1);
      REQUIRE(
          contains(result.err, "synfire: error: interrupted; '" + out + "' had been written\n"));
      REQUIRE(after == quiet[kind]);
    } else {
      REQUIRE(result.exitCode == 0);
      REQUIRE(after == quiet[kind]);
    }
    before = after;
  }
}

/// Waits until `synfire` keeps the signal for its thread that waits for it, ten seconds at most: a
/// busy machine may take its time to load it.
static void waitUntilInterruptible(const Process &process) {
  const std::string about = "/proc/" + std::to_string(process.id()) + "/";
  for (int tries = 0; tries < 1000; ++tries, sleepMicroseconds(10000)) {
    const std::string status = readFile(about + "status"), mark = "\nSigBlk:\t";
    const size_t at = status.find(mark);
    if (readFile(about + "comm") == "synfire\n" && at != std::string::npos &&
        (std::stoull(status.substr(at + mark.size(), 16), nullptr, 16) >> (SIGINT - 1) & 1) != 0)
      return;
  }
}

TEST_CASE("every command ends within a second of an interrupt, and writes nothing after it") {
  TemporaryFolder folder;
  const std::string shipped = SYNFIRE_SOURCE_DIR "/examples/models/";
  const std::string program = folder / "p.mlirbc", out = folder / "out";
  REQUIRE(runSynfire({"compile", kModel, "--target", "tiny-2x2", "-o", program}).exitCode == 0);
  std::string text;
  while (text.size() < 100000)
    text += "the universal brotherhood of man ";
  writeFile(folder / "text", text);
  std::string tokens = "[1";
  for (int i = 0; i < 100; ++i)
    tokens += ", " + std::to_string(i);
  writeFile(folder / "tokens", tokens + "]");
  const std::string decoder = shipped + "spikedecoder-word-strict.yaml";
  const std::vector<std::vector<std::string>> commands = {
      {"compile", shipped + "gpt2-medium.yaml", "--random-weights", "3", "--target", "mesh-16x16",
       "-o", program},
      {"run", kModel, "--target", "tiny-2x2", "--text", "abc", "-o", out, "--generate", "100000"},
      {"simulate", program, "--text", "abc", "-o", out, "--generate", "100000"},
      {"count", decoder, "--random-weights", "3", "--tokens", folder / "tokens"},
      {"interpret", kModel, "--text", "abc", "--generate", "100000", "--dump", folder / "dump"},
      {"evaluate", kModel, "--text", "@" + (folder / "text"), "--windows", "100000"},
      {"import", shipped + "gpt2-medium.yaml", "--random-weights", "3", "-o", folder / "m.mlir"}};
  const Files before = filesBelow(folder.path);
  std::mt19937 dice(3);
  for (const std::vector<std::string> &command : commands)
    for (int attempt = 0; attempt < 3; ++attempt) {
      CAPTURE(command[0]);
      Process process = startSynfire(command);
      waitUntilInterruptible(process);
      sleepMicroseconds(dice() % 400000);
      const auto start = Clock::now();
      kill(process.id(), SIGINT);
      const CommandResult result = process.wait();
      CHECK(Clock::now() - start < std::chrono::seconds(1));
      CHECK(result.exitCode == 1);
      CHECK(result.out == "");
      CHECK(result.err.ends_with("synfire: error: interrupted; nothing was written\n"));
      CHECK(filesBelow(folder.path) == before);
    }
}

TEST_CASE("a reader that goes away is no error, a full disk is one") {
  auto shell = [](const std::string &command) { return Process({"bash", "-c", command}).wait(); };
  const std::string synfire = std::string(SYNFIRE_BINARY) + " ";
  for (const std::string arguments :
       {"list metrics", "run --help", "--help",
        "import " SYNFIRE_SOURCE_DIR "/examples/models/tolstoy-char.yaml"}) {
    CAPTURE(arguments);
    CommandResult result = shell(synfire + arguments + " | head -1; exit ${PIPESTATUS[0]}");
    CHECK(result.exitCode == 0);
    CHECK(result.err == "");
    // The reader is gone before anything is written.
    result = shell("(sleep 0.1; " + synfire + arguments + "; echo $? >&2) | true");
    CHECK(result.err == "0\n");
    CHECK(shell(synfire + arguments + " >&-").exitCode == 0);
    result = shell(synfire + arguments + " >/dev/full");
    CHECK(result.exitCode == 1);
    CHECK(result.err == "synfire: error: cannot write to standard output\n");
  }
  // The fault of an input is told in any case.
  const CommandResult failed =
      shell(synfire + "list targets nonsense | true; exit ${PIPESTATUS[0]}");
  CHECK(failed.exitCode == 2);
}

TEST_CASE("a limit on file sizes is a full disk, not the end by a signal") {
  TemporaryFolder folder;
  const std::string out = folder / "out";
  REQUIRE(runSynfire(smallRun(0, out)).exitCode == 0);
  const Files before = resultsIn(out);
  for (const std::string &command :
       {"run " + kModel + " --target tiny-2x2 --text abc -o " + out,
        "compile " + kModel + " --target tiny-2x2 -o " + out + "/program.mlirbc",
        "interpret " + kModel + " --text abc --generate 0 --dump " + out + "/program.weights",
        "import " + kModel + " -o " + out + "/program.mlirbc"}) {
    const CommandResult result =
        Process({"bash", "-c", "ulimit -f 1; exec " SYNFIRE_BINARY " " + command}).wait();
    CAPTURE(result.err);
    CHECK(result.exitCode == 1);
    CHECK(contains(result.err, "cannot be written: File too large"));
    CHECK(contains(result.err, out + "/program."));
    CHECK_FALSE(contains(result.err, ".synfire"));
    CHECK(resultsIn(out) == before);
  }
}

TEST_CASE("no output overwrites an input, by whatever name") {
  TemporaryFolder folder;
  const std::string weights = folder / "tolstoy-char/model.safetensors",
                    model = folder / "tolstoy-char.yaml", out = folder / "out";
  std::filesystem::create_directory(folder / "tolstoy-char");
  std::filesystem::copy_file(kModel, model);
  std::filesystem::copy_file(SYNFIRE_SOURCE_DIR "/examples/models/tolstoy-char/model.safetensors",
                             weights);
  std::filesystem::create_hard_link(weights, folder / "hard");
  std::filesystem::create_symlink(weights, folder / "soft");
  writeFile(folder / "text", "prince andrew");
  writeFile(folder / "chip.yaml", "extends: tiny-2x2\nname: mine\ndescription: for a test\n");
  REQUIRE(runSynfire({"import", model, "-o", folder / "m.mlirbc"}).exitCode == 0);
  std::filesystem::create_directory(out);
  std::filesystem::copy_file(folder / "m.mlirbc", out + "/program.mlirbc");
  REQUIRE(
      runSynfire({"compile", model, "--target", folder / "chip.yaml", "-o", folder / "p.mlirbc"})
          .exitCode == 0);
  const Files before = filesBelow(folder.path);
  auto refused = [&](const std::vector<std::string> &arguments, const std::string &output,
                     const std::string &input) {
    const CommandResult result = runSynfire(arguments);
    CAPTURE(result.err);
    CHECK(result.exitCode == 1);
    CHECK(contains(result.err, "'" + output + "': is an input of this run ('" + input + "')"));
    CHECK(filesBelow(folder.path) == before);
  };
  const std::vector<std::string> interpret = {
      "interpret", model, "--text", "@" + (folder / "text"), "--generate", "0", "--dump"};
  for (const auto &[dump, input] :
       {std::pair(weights, weights), std::pair(folder / "hard", weights),
        std::pair(folder / "soft", weights), std::pair(folder / "tolstoy-char/../hard", weights),
        std::pair(model, model), std::pair(folder / "text", folder / "text")}) {
    std::vector<std::string> all = interpret;
    all.push_back(dump);
    refused(all, dump, input);
  }
  const std::string module = folder / "m.mlirbc", program = folder / "p.mlirbc",
                    chip = folder / "chip.yaml";
  refused({"import", module, "-o", module}, module, module);
  refused({"compile", module, "--target", "tiny-2x2", "-o", module}, module, module);
  for (const std::string &input : {program, folder / "p.weights", chip})
    refused({"simulate", program, "--text", "abc", "-o", folder / "new", "--dump", input}, input,
            input);
  const std::string compiled = out + "/program.mlirbc";
  refused({"run", compiled, "--target", chip, "--text", "abc", "-o", out}, compiled, compiled);
}

TEST_CASE("simulate adds to the folder of its program, and a dump there belongs to the results") {
  TemporaryFolder folder;
  const std::string out = folder / "out";
  REQUIRE(runSynfire(smallRun(0, out)).exitCode == 0);
  const Files before = resultsIn(out);
  const CommandResult result = runSynfire({"simulate", out + "/program.mlirbc", "--text", "ab",
                                           "-o", out, "--dump", out + "/spikes.safetensors"});
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  const Files after = resultsIn(out);
  CHECK(after.size() == 6);
  CHECK(after.at("program.weights") == before.at("program.weights"));
  CHECK(after.at("results.json") != before.at("results.json"));
  CHECK(std::filesystem::is_symlink(out + "/spikes.safetensors"));
  CHECK(readFile(out + "/spikes.safetensors") != "");
  const CommandResult same = runSynfire({"simulate", out + "/program.mlirbc", "--text", "ab", "-o",
                                         out, "--dump", out + "/results.json"});
  CHECK(same.exitCode == 1);
  CHECK(contains(same.err, "'" + out + "/results.json': is the name of another result"));
  CHECK(resultsIn(out) == after);
}
