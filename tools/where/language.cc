#include "tools/where/language.h"

namespace omnitrace::where {

// tests/unit/where/language_test.cc parses the examples.
const absl::string_view kLanguage =
    R"text(`--where EXPR` shows the calls for which the condition EXPR holds. As with the other filters, the calls that a hidden call made move up to the nearest shown caller. Given several times, all conditions must hold.

  args.coin == "quarter" && return > 3
  name ~ 'shop::Cart::*' && duration >= 1.5ms
  size(args.items) > 100 || args.items[0].price == null
  thrown.type ~ 'std::*' && !(thrown.what ~ '*timeout*')

A call has these parts, which are the keys of its JSON and a few more:

  args.NAME args[N]   an argument by name, or by number from 0
  this return         the object; the result
  thrown              what it threw: thrown.type, thrown.what, and the fields of its class
  changed.NAME        what the call changed behind an argument
  name signature file line    of the function
  start end duration  nanoseconds; an open call's end is the recording's
  depth               recorded callers, those not shown included
  thread pid          the thread is both its number and its name
  open unwound        true when it never ended, or ended by longjmp

`.FIELD` leads to a field, `[N]` to an element, `["KEY"]`, `.KEY` and `[N]` to the value of a map's key. Pointers, smart pointers, references, optionals and variants are looked through: what counts is the object. `size(PATH)` is the length of a string or container in the program, however little of it was recorded.

  == != < <= > >=     compare, numbers exactly: -1 < 18446744073709551615
  ~                   matches one of the globs in a string, as --name does:
                      'a*,*z'; without a * also what is inside: 'foo' is
                      foo, foo::bar and foo<int>
  && || ! ( )         and, or, not; && binds closer than ||

A literal is a number (decimal, or hexadecimal after 0x; of up to 128 bits, or a double), a time (10us, 1.5ms, 2s, which are nanoseconds), a string in "" or '' with the escapes of C++, true (1), false (0), or null. An enumerator is equal to its name, also qualified, as a string or as a bare name on the right: "quarter", quarter, Coin::quarter (a bare name that is a part of a call, or size, is that); to numbers it compares as its value. A character compares as a string and as a number. A pointer of which only the address was recorded is that number. NaN is unequal to everything.

A path on its own holds when it is there and not false, 0 or null: `open`, `thrown`, `args.list.head`.

A comparison with what is not there does not hold, not even with !=: a parameter that the function does not have, the return of a call that threw, an element or field that was not recorded. Nor does one of things that do not compare, such as a number and a string, or of structures; but everything that is there is equal or unequal to null. `!(...)` holds whenever what is in the parentheses does not.

Of a string that was cut when it was recorded the head is known. It is never equal to anything, and unequal, less or greater where the head or the true length tells. It matches a glob that ends in * when its head does.

The grammar:

  or          = and { "||" and }
  and         = condition { "&&" condition }
  condition   = { "!" } ( "(" or ")" | term ) | comparison
  comparison  = term ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) term
              | term "~" string
  term        = number | string | "true" | "false" | "null" | path
              | "size" "(" path ")" | name (of an enumerator, on the right)
  path        = part { "." name | "[" number "]" | "[" string "]" }

An expression has at most 16384 bytes and 100 parentheses inside each other.)text";

}  // namespace omnitrace::where
