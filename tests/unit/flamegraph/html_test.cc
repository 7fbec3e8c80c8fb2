#include "tools/flamegraph/html.h"

#include <cstdlib>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_folder.h"

namespace omnitrace::flamegraph {
namespace {

using ::omnitrace::testing::IsOkAndHolds;
using ::omnitrace::testing::StatusIs;
using ::omnitrace::testing::TemporaryFolder;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(HtmlPage, CannotBeLeftByWhatIsInIt) {
  std::string page = HtmlPage("a <b> & c", R"({"name": "</script><script>evil"})", "'</script>'");
  EXPECT_THAT(page, AllOf(HasSubstr("<title>a &lt;b&gt; &amp; c</title>"),
                          HasSubstr(R"(\u003c/script>\u003cscript>evil)"),
                          HasSubstr(R"('<\/script>')"), Not(HasSubstr("{{"))));
}

TEST(HtmlPage, TakesMarkersInTheDataForText) {
  EXPECT_THAT(HtmlPage("t", R"("{{vega}}")", "bundle"), HasSubstr(R"("{{vega}}")"));
}

class VegaBundle : public ::testing::Test {
 protected:
  ~VegaBundle() override { unsetenv("OMNITRACE_VEGA"); }
};

TEST_F(VegaBundle, IsTheFileThatTheEnvironmentNames) {
  TemporaryFolder folder;
  std::string path = folder.path() / "vega.js";
  std::ofstream(path) << "vega";
  setenv("OMNITRACE_VEGA", path.c_str(), 1);
  EXPECT_THAT(ReadVegaBundle(), IsOkAndHolds("vega"));
}

TEST_F(VegaBundle, NamesTheRemedyWhenItIsMissing) {
  setenv("OMNITRACE_VEGA", "/nowhere/vega.js", 1);
  EXPECT_THAT(ReadVegaBundle(),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr("/nowhere/vega.js"), HasSubstr("OMNITRACE_VEGA="))));
}

}  // namespace
}  // namespace omnitrace::flamegraph
