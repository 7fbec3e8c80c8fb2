// The functions of shapes.h as a module of C++20.
module;
#include <string>
export module shapes;
export {
#include "shapes.h"
}
