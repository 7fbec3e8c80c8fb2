// Matchers for absl::Status and absl::StatusOr, which Debian's Abseil doesn't have:
//
//   EXPECT_THAT(reader.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("offset 64")));
//   ASSERT_OK_AND_ASSIGN(std::unique_ptr<Reader> reader, Reader::Open(path));
#ifndef OMNITRACE_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define OMNITRACE_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace omnitrace::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename Value>
const absl::Status& StatusOf(const absl::StatusOr<Value>& result) {
  return result.status();
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

MATCHER_P(IsOkAndHolds, value, "is OK and holds the value") {
  *result_listener << StatusOf(arg).ToString();
  return arg.ok() && ::testing::ExplainMatchResult(value, *arg, result_listener);
}

MATCHER_P2(StatusIs, code, message, "has the code and the message") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         ::testing::ExplainMatchResult(message, std::string(StatusOf(arg).message()),
                                       result_listener);
}

}  // namespace omnitrace::testing

#define OMNITRACE_TEST_CONCAT_(left, right) left##right
#define OMNITRACE_TEST_NAME_(left, right) OMNITRACE_TEST_CONCAT_(left, right)
#define OMNITRACE_ASSERT_OK_AND_ASSIGN_(holder, target, expression) \
  auto holder = (expression);                                       \
  ASSERT_THAT(holder, ::omnitrace::testing::IsOk());                \
  target = *std::move(holder)
#define ASSERT_OK_AND_ASSIGN(target, ...) \
  OMNITRACE_ASSERT_OK_AND_ASSIGN_(OMNITRACE_TEST_NAME_(status_or_, __LINE__), target, (__VA_ARGS__))

#endif  // OMNITRACE_TESTS_SUPPORT_STATUS_MATCHERS_H_
