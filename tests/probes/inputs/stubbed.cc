#include HEADER

#include <cstdio>

int main() {
  int evaluated = 0;
  omnitrace::trace("request:*");
  OMNITRACE_PROBE("request:start", ++evaluated, ("name", evaluated));
  omnitrace::untrace("*");
  omnitrace::set_title("title");
  omnitrace::flush();
  omnitrace::reset_workspace();
  omnitrace::freeze();
  OMNITRACE_PROBE("request:end", ++evaluated);
  std::printf("evaluated %d\n", evaluated);
}
