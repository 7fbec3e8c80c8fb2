// console, compared with Node's own.
#include <cstdio>

#include "absl/strings/match.h"
#include "tests/attach/script_test.h"

namespace omnitrace::attach {
namespace {

using ::testing::HasSubstr;

class ConsoleTest : public ScriptTest {
 protected:
  void SetUp() override {
    if (absl::EndsWith(ATTACH_NODE, "NOTFOUND")) GTEST_SKIP() << "no Node to compare with";
  }

  // What Node prints for the same file.
  std::string NodeOutput() {
    std::string command = ATTACH_NODE " '" + options_.path + "' 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    std::string text;
    for (int character; (character = fgetc(pipe)) != EOF;) text += static_cast<char>(character);
    EXPECT_EQ(pclose(pipe), 0) << text;
    return text;
  }

  void ExpectAsNode(const std::string& source) {
    std::string output = Run(source);
    EXPECT_EQ(output, NodeOutput()) << source;
    EXPECT_EQ(TakeErrors(), "");
  }
};

TEST_F(ConsoleTest, Formats) {
  ExpectAsNode(R"(
console.log('%s %d %i %f %j %o %O %c|%%|%x', 'a', '42.5', '42.5', '1.5', {a: 1}, [1],
            {a: {b: {c: {}}}}, 'css', 'rest', {q: "it's"});
console.log('%s %s %s', {a: {b: 1}}, 5n, Symbol('a'), -0);
console.log('%s', class A {}, function b() {}, () => 1);
console.log('%s', {toString() { return 'own'; }});
console.log('%s', new (class X { toString() { return 'proto'; } }));
console.log('%s %s', [1, [2, [3]]], null, undefined, new Date(0));
console.log('%d %d %d %d', 5n, {}, Symbol('x'), '0x10');
console.log('%i %i %f', 'x', 7n, 'y');
console.log('%j', (() => { const a = {}; a.a = a; return a; })());
console.log('100%', 3); console.log('%d%%', 3); console.log('%%'); console.log('%s');
console.log(); console.log(''); console.log(null, undefined, true); console.log('%s', null, '%s');
console.log({}, '%s', 'x'); console.info('info'); console.debug('%o', {a: [1, {b: 2}]});
console.log('a\nb', ['a\nb\u0001']);
)");
}

TEST_F(ConsoleTest, Objects) {
  ExpectAsNode(R"(
console.log({a: {b: {c: {d: 1}}}, f() {}, g: class A {}, h: class B extends Array {},
             s: Symbol('q'), n: null, u: undefined, d: new Date(0), r: /x/g, e: -0, big: 5n});
class Foo { constructor() { this.x = 1; } }
console.log(Object.create(null), new Foo, [new (class Empty {})],
            {get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {}});
console.log({'a-b': 1, 2: 3, [Symbol('k')]: 4, $: 5, 'é': 6, "it's": 7});
console.log({a: 1, b: '2', c: [1, 2, 3], d: {e: []}, f: {}});
console.log({s: 'a'.repeat(200)}, ['it\'s', '"', '`\'"', '\\', '\t', '\x7f']);
console.log({a: {b: {c: 1}}, l: [[[[]]]], m: new Map([[{a: 1}, {b: {c: {d: 1}}}]])});
console.log([function b() {}, () => 1, async () => {}, function* g() {},
             Object.assign(() => {}, {a: 1})]);
console.log(new Number(3), new String('x'), new Boolean(false), new Date(NaN), -0, [-0, 1n, NaN]);
console.log(Promise.resolve(4), new Promise(() => {}), new WeakMap(), new Uint8Array([1, 2, 3]));
class Bar extends Map {} console.log(new Bar([[1, 2]]), new (class Baz extends Array {})(3));
console.log({a: {b: 1}, c: 'x'.repeat(60), d: 1}, {a: 'x'.repeat(40), b: 'y'.repeat(14)});
console.log({a: 'x'.repeat(40), b: 'y'.repeat(20), c: 1});
console.log({text: ('line of text '.repeat(5) + '\n').repeat(3)});
console.log([{id: 1, name: 'a'}, {id: 2, name: 'b'}], {x: [{y: [{z: 1}]}]});
)");
}

TEST_F(ConsoleTest, Lists) {
  ExpectAsNode(R"(
console.log(Array.from({length: 120}, (_, i) => i));
console.log(['a', 'bb', 'ccc', 'dddd', 'e', 'f', 'g']);
console.log([1, , 3], [undefined, null], [, ,], Object.assign([1, 2], {k: 1}), [[[[1]]]], [], [[]]);
console.log([1.5, 2.25, -3, 4, 5, 6, 7, 8, 100000]);
console.log(['x'.repeat(30), 'y'.repeat(30), 'z'.repeat(30)]);
console.log(Array.from({length: 30}, (_, i) => 'word' + i * i));
console.log(Array(8).fill('x'.repeat(20)));
console.log(new Map([['a', 1], ['b', {x: 1}]]), new Set([1, '2']), new Map(), new Set());
console.log([['a', 1], ['b', 2]], {a: [{b: {c: {}}}]},
            {a: Array.from({length: 27}, (_, i) => i * 1000)});
console.log(Array.from({length: 10}, (_, i) => ({i})), Array.from({length: 7}, () => [1, 2]));
console.log(new Set(Array.from({length: 105}, (_, i) => i)), Array.from({length: 101}, () => 1));
)");
}

TEST_F(ConsoleTest, Cycles) {
  ExpectAsNode(R"(
const o = {x: 1}; o.self = o; console.log(o);
const a = {b: {}}; a.b.a = a; a.b.b = a.b; console.log(a, [a]);
const m = new Map(); m.set('m', m); console.log(m);
const list = [1]; list.push(list); console.log(list, '%s', list);
)");
}

TEST_F(ConsoleTest, ErrorsShowTheScriptsOwnFrames) {
  std::string output = Run(R"(function f() { return new TypeError('boom'); }
console.log(f());
console.log({e: new RangeError('inner')});)");
  EXPECT_THAT(output, HasSubstr("TypeError: boom\n    at f (" + options_.path + ":1:23)\n"));
  EXPECT_THAT(output, HasSubstr("RangeError: inner\n"));
  EXPECT_THAT(output, ::testing::Not(HasSubstr("omnitrace:")));
}

TEST_F(ConsoleTest, WarningsGoToTheErrors) {
  EXPECT_EQ(Run("console.log('out'); console.warn('%d', 1); console.error({a: 2});"), "out\n");
  EXPECT_EQ(TakeErrors(), "1\n{ a: 2 }\n");
}

TEST_F(ConsoleTest, GroupsAreIndented) {
  ExpectAsNode(R"(console.group('g'); console.log('a\nb'); console.group(); console.log({a: 1});
                  console.groupEnd(); console.groupEnd(); console.log('end');)");
}

}  // namespace
}  // namespace omnitrace::attach
