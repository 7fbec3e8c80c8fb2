// Objects in the body of a function that log its call: how it is left shows when they go. They
// stand first, so that they go last.
#ifndef OMNITRACE_TESTS_RANDOM_ACCOUNTS_H_
#define OMNITRACE_TESTS_RANDOM_ACCOUNTS_H_

#include <exception>
#include <string>

#include "call_log.h"
#include "json_text.h"

namespace check {

class Account {
 public:
  Account() = default;
  Account(const Account&) = delete;

  template <class T>
  [[gnu::noinline]] T Returns(T value) {
    result_ = JsonText<T>::Of(value);
    return value;
  }
  // Takes back what a return told that a throwing destructor has undone.
  void TellsNoResult() { result_ = kAny; }

 protected:
  bool IsThrown() const { return std::uncaught_exceptions() > uncaught_; }
  const char* Outcome() const { return IsThrown() ? "thrown" : "returned"; }
  void Leave() { log.Leave(Outcome(), result_); }

 private:
  int uncaught_ = std::uncaught_exceptions();
  std::string result_ = kAny;
};

class Call : public Account {
 public:
  [[gnu::noinline]] explicit Call(const Name& name, const Fields& args = {}) {
    log.Enter(name, args);
  }
  [[gnu::noinline]] ~Call() { Leave(); }
};

// Of a constructor that has nothing to destroy when its body throws.
class Construction : public Account {
 public:
  [[gnu::noinline]] Construction(const Name& name, const Fields& args, Made made) {
    log.EnterOnce(name, args, made);
  }
  [[gnu::noinline]] ~Construction() { Leave(); }
};

// In a function-try-block: its Handler logs how the call ends after an exception.
class TriedCall : public Account {
 public:
  [[gnu::noinline]] explicit TriedCall(const Name& name, const Fields& args = {}) {
    log.Enter(name, args);
  }
  [[gnu::noinline]] ~TriedCall() {
    if (!IsThrown()) Leave();
  }
};
class TriedConstruction : public Account {
 public:
  [[gnu::noinline]] TriedConstruction(const Name& name, const Fields& args, Made made) {
    log.EnterOnce(name, args, made);
  }
  [[gnu::noinline]] ~TriedConstruction() {
    if (!IsThrown()) Leave();
  }
};
class Handler : public Account {
 public:
  [[gnu::noinline]] ~Handler() { Leave(); }
};

// Of a destructor: members and bases go after its body.
class Destruction : public Account {
 public:
  // `parts`: destructors of members and fixed bases that log themselves; `virtuals`: of virtual
  // bases, which only the most derived object destroys.
  [[gnu::noinline]] explicit Destruction(const Name& name, size_t parts, size_t virtuals = 0,
                                         Made made = {})
      : parts_(parts + (log.WasComplete(made) ? virtuals : 0)) {
    log.Enter(name, {});
  }
  [[gnu::noinline]] ~Destruction() { log.EndBody(Outcome(), parts_); }

 private:
  size_t parts_;
};

}  // namespace check

#endif  // OMNITRACE_TESTS_RANDOM_ACCOUNTS_H_
