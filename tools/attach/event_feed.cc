#include "tools/attach/event_feed.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "runtime/workspace/glob.h"
#include "tools/attach/strings.h"
#include "tools/output/value_json.h"
#include "tools/support/utf8.h"

namespace omnitrace::attach {
namespace {

using tools::LiveEvent;
using tools::LiveOrigin;

uint64_t KeyOf(const LiveEvent& event, bool damaged) {
  uint64_t variant = static_cast<uint64_t>(event.kind) << 2 |
                     static_cast<uint64_t>(event.has_arguments) << 1 |
                     static_cast<uint64_t>(damaged);
  return uint64_t{event.function->id} << 4 | variant;
}

}  // namespace

bool PatternMatches(absl::string_view pattern, absl::string_view name) {
  absl::ConsumePrefix(&pattern, "::");
  return WildcardMatches({pattern.data(), pattern.size()}, name);
}

EventFeed::EventFeed(Engine* engine, Environment* environment, ErrorLog* errors)
    : engine_(*engine),
      environment_(*environment),
      errors_(*errors),
      batch_(engine->context()),
      packer_(engine->context(), &batch_) {}

absl::Status EventFeed::Start() {
  JS::RootedValue ignored(engine_.context());
  JS::RootedValueArray<1> arguments(engine_.context());
  JSObject* array = batch_.MakeArray();
  if (array != nullptr) arguments[0].setObject(*array);
  if (array != nullptr && environment_.Call("share", arguments, &ignored)) return absl::OkStatus();
  return absl::ResourceExhaustedError(engine_.TakeError().Headline());
}

void EventFeed::Add(const LiveEvent& event) {
  if (engine_.exiting()) return;
  Origin* origin = OriginOf(*event.origin);
  if (origin == nullptr) return;
  const Route* route = RouteOf(event, false, origin);
  if (route == nullptr || Pack(event, *route, origin->index)) return;
  // Its values are damaged, but that it happened is known.
  route = RouteOf(event, true, origin);
  if (route != nullptr) Pack(event, *route, origin->index);
}

EventFeed::Origin* EventFeed::OriginOf(const LiveOrigin& given) {
  auto found = origins_.find(&given);
  if (found != origins_.end()) {
    Origin& known = found->second;
    bool same = known.pid == given.pid && known.start_unix_ns == given.start_unix_ns;
    if (same && known.title == given.title) return &known;
    // Events that wait have the old title.
    Flush();
    if (same) {
      known.title = given.title;
      return SetOrigin(given, known.index) ? &known : nullptr;
    }
    Forget(given);
  }
  uint32_t index = free_origins_.empty() ? next_origin_++ : free_origins_.back();
  if (!free_origins_.empty()) free_origins_.pop_back();
  if (!SetOrigin(given, index)) return nullptr;
  Origin origin = {given.pid, given.start_unix_ns, given.title, index, {}};
  return &origins_.emplace(&given, std::move(origin)).first->second;
}

bool EventFeed::SetOrigin(const LiveOrigin& origin, uint32_t index) {
  JSContext* context = engine_.context();
  JS::RootedValueArray<4> arguments(context);
  JS::RootedString title(context, NewString(context, tools::Escaped(origin.title)));
  JS::RootedString hostname(context, NewString(context, tools::Escaped(origin.hostname)));
  JS::RootedValue ignored(context);
  if (title != nullptr && hostname != nullptr) {
    arguments[0].setInt32(static_cast<int32_t>(index));
    arguments[1].setNumber(static_cast<double>(origin.pid));
    arguments[2].setString(title);
    arguments[3].setString(hostname);
    if (environment_.Call("setOrigin", arguments, &ignored)) return true;
  }
  errors_.Add(engine_.TakeError());
  return false;
}

const EventFeed::Route* EventFeed::RouteOf(const LiveEvent& event, bool damaged, Origin* origin) {
  std::unique_ptr<Route>& route = origin->routes[KeyOf(event, damaged)];
  if (route == nullptr) route = std::make_unique<Route>();
  if (route->patterns != environment_.patterns().size()) Match(event, damaged, route.get());
  return route->heard ? route.get() : nullptr;
}

void EventFeed::Match(const LiveEvent& event, bool damaged, Route* route) {
  const std::vector<std::string>& patterns = environment_.patterns();
  std::vector<size_t> listening;
  for (size_t i = 0; i < patterns.size(); ++i) {
    if (PatternMatches(patterns[i], event.function->name)) listening.push_back(i);
  }
  route->patterns = patterns.size();
  route->heard = false;
  if (!listening.empty()) MakeShape(event, damaged, listening, route);
}

void EventFeed::MakeShape(const LiveEvent& event, bool damaged,
                          const std::vector<size_t>& listening, Route* route) {
  route->shape = attach::MakeShape(event, damaged);
  if (route->shape.numbers > EventBatch::kNumbers) {
    return Report(event, absl::StrCat(event.function->parameters.size(), " parameters"));
  }
  JSContext* context = engine_.context();
  JS::RootedValueVector arguments(context);
  JS::RootedString constants(context, NewString(context, route->shape.constants));
  JS::RootedString statements(context, NewString(context, route->shape.statements));
  JS::RootedValue index(context);
  bool made = constants != nullptr && statements != nullptr &&
              arguments.append(JS::NumberValue(static_cast<double>(route->shape.numbers))) &&
              arguments.append(JS::StringValue(constants)) &&
              arguments.append(JS::StringValue(statements));
  for (size_t pattern : listening) {
    made = made && arguments.append(JS::NumberValue(static_cast<double>(pattern)));
  }
  if (!made || !environment_.Call("shape", arguments, &index)) {
    return errors_.Add(engine_.TakeError());
  }
  route->shape.constants.clear();
  route->shape.statements.clear();
  route->index = static_cast<uint32_t>(index.toNumber());
  route->heard = SetName(event, route);
}

bool EventFeed::SetName(const LiveEvent& event, Route* route) {
  JSContext* context = engine_.context();
  const std::string& name = event.function->name;
  JS::RootedString text(context,
                        NewString(context, tools::IsUtf8(name) ? name : tools::Escaped(name)));
  JS::RootedValueArray<1> arguments(context);
  JS::RootedValue index(context);
  if (text != nullptr) arguments[0].setString(text);
  if (text == nullptr || !environment_.Call("name", arguments, &index)) {
    errors_.Add(engine_.TakeError());
    return false;
  }
  route->name = static_cast<uint32_t>(index.toNumber());
  return true;
}

bool EventFeed::Pack(const LiveEvent& event, const Route& route, uint32_t origin) {
  if (!batch_.HasRoom(route.shape.numbers)) Flush();
  EventBatch::Mark mark = batch_.mark();
  absl::Status packed = packer_.Pack(event, route.shape, {route.index, origin, route.name});
  bool begins = BeginsCall(event);
  if (packed.ok()) {
    if (begins) calls_.push_back(mark.numbers);
    return true;
  }
  batch_.Rewind(mark);
  Report(event, packed.message());
  if (!absl::IsResourceExhausted(packed)) return false;
  dropped_ += begins ? 1 : 0;
  return true;
}

void EventFeed::Report(const LiveEvent& event, absl::string_view what) {
  errors_.Add({absl::StrCat("process ", event.origin->pid),
               absl::StrCat("an event of ", event.function->name, " is incomplete: ", what),
               {}});
}

void EventFeed::Flush() {
  if (batch_.empty()) return;
  JSContext* context = engine_.context();
  JS::RootedValueArray<2> arguments(context);
  JSObject* values = batch_.MakeValues();
  if (values != nullptr) {
    arguments[0].setInt32(static_cast<int32_t>(batch_.numbers()));
    arguments[1].setObject(*values);
    Deliver(arguments);
  } else {
    errors_.Add(engine_.TakeError());
    DropFrom(0);
  }
  batch_.Clear();
  calls_.clear();
  engine_.RunJobs(&errors_);
}

// Each error of a handler comes back to here, and the next call goes on behind it. When memory is
// out a call may fail before it has come to a handler; so their number is bounded.
void EventFeed::Deliver(const JS::HandleValueArray& arguments) {
  JS::RootedValue ignored(engine_.context());
  size_t left = batch_.numbers() / kEventHead * (environment_.patterns().size() + 1);
  for (; !environment_.Call("deliver", arguments, &ignored); --left) {
    errors_.Add(engine_.TakeError());
    if (engine_.exiting()) return;
    if (left > 0 && !engine_.TakeInterruption()) continue;
    return Abandon();
  }
}

// The event that was being handled counts as handled, in part or not. When memory is out nobody
// knows which one that was.
void EventFeed::Abandon() {
  JS::RootedValue next(engine_.context());
  bool known = environment_.Call("abandon", JS::HandleValueArray::empty(), &next);
  DropFrom(known && next.isNumber() ? static_cast<size_t>(next.toNumber()) : 0);
}

void EventFeed::DropFrom(size_t place) {
  auto first = std::lower_bound(calls_.begin(), calls_.end(), place);
  dropped_ += static_cast<uint64_t>(calls_.end() - first);
}

void EventFeed::Forget(const LiveOrigin& origin) {
  auto found = origins_.find(&origin);
  if (found == origins_.end()) return;
  Flush();
  free_origins_.push_back(found->second.index);
  origins_.erase(found);
}

}  // namespace omnitrace::attach
