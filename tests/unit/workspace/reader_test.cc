#include "runtime/workspace/reader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::IsOk;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::IsEmpty;

TEST(Reader, ReadsACall) {
  WorkspaceBuilder builder;
  uint32_t insert = builder.AddFunction("foo::insert", {{"n", builder.Int()}}, builder.Int());
  uint32_t main = builder.AddThread("main");
  builder.Enter(main, insert, {Signed(1)});
  builder.Leave(main, Signed(2));
  std::unique_ptr<Reader> reader = builder.Open();
  EXPECT_THAT(reader->damage(), IsEmpty());
  EventCursor cursor(*reader, main);
  ASSERT_TRUE(cursor.Next());
  EXPECT_EQ(cursor.event().kind, Event::Kind::kEnter);
  EXPECT_EQ(cursor.event().time, 10u);
  ASSERT_TRUE(cursor.Next());
  EXPECT_EQ(cursor.event().kind, Event::Kind::kLeave);
  EXPECT_FALSE(cursor.Next());
  EXPECT_THAT(cursor.status(), IsOk());
}

}  // namespace
}  // namespace omnitrace::workspace
