namespace foo {
inline int shared(int x) { return x + 1; }
template <class T>
struct Box {
  T get() const { return value; }
  T value;
};
extern template struct Box<int>;
}  // namespace foo
