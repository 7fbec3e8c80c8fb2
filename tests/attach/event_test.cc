// What scripts see of an event.
#include "tests/attach/script_test.h"

namespace omnitrace::attach {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class EventTest : public ScriptTest {};

TEST_F(EventTest, Smoke) {
  std::string out = Run(R"(
exports['*'] = function(trace) { console.log(trace); };
)");
  std::cout << out << TakeErrors();
}

}  // namespace
}  // namespace omnitrace::attach
