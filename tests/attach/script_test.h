// Runs scripts on the events of tests/attach/program.cc and keeps what they print.
#ifndef OMNITRACE_TESTS_ATTACH_SCRIPT_TEST_H_
#define OMNITRACE_TESTS_ATTACH_SCRIPT_TEST_H_

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/attach/recording.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_folder.h"
#include "tools/attach/script.h"
#include "tools/support/sink.h"

namespace omnitrace::attach {

class ScriptTest : public ::testing::Test {
 protected:
  ScriptTest() {
    options_.path = folder_.path() / "script.js";
    options_.output = &output_;
    options_.errors = &errors_;
  }

  // Its path.
  std::string WriteFile(const std::string& name, const std::string& text) {
    std::filesystem::path path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  absl::Status Load(const std::string& source) {
    WriteFile("script.js", source);
    return LoadFile();
  }
  absl::Status LoadFile() {
    script_.reset();
    absl::StatusOr<std::unique_ptr<Script>> script = Script::Load(options_);
    if (script.ok()) script_ = *std::move(script);
    return script.status();
  }

  void Tell(bool lost_entries = false) {
    recording_.Tell([this](const tools::LiveEvent& event) { script_->Add(event); }, lost_entries);
    script_->Flush();
  }

  // Loads, tells all events and cleans up. What it printed; the test fails when that fails.
  std::string Run(const std::string& source) {
    absl::Status loaded = Load(source);
    EXPECT_TRUE(loaded.ok()) << loaded;
    if (!loaded.ok()) return "";
    Tell();
    script_->Cleanup();
    return TakeOutput();
  }
  std::string TakeOutput() { return Take(&output_, &output_taken_); }
  std::string TakeErrors() { return Take(&errors_, &errors_taken_); }

  const testing::Recording& recording_ = testing::Recording::OfProgram();
  testing::TemporaryFolder folder_;
  tools::StringSink output_, errors_;
  ScriptOptions options_;
  std::unique_ptr<Script> script_;

 private:
  static std::string Take(tools::StringSink* sink, size_t* taken) {
    std::string text = sink->text().substr(*taken);
    *taken = sink->text().size();
    return text;
  }
  size_t output_taken_ = 0, errors_taken_ = 0;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TESTS_ATTACH_SCRIPT_TEST_H_
