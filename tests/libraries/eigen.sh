#!/bin/bash
# Eigen: examples from its manual and tests. Usage: eigen.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=eigen3
namespaces=Eigen
flags=(-std=c++17 -w -I. -Itest -DEIGEN_TEST_PART_1)
# Without limits they make ten million calls.
export OMNITRACE_LIMITS=calls=1000

public_headers() { find Eigen -type f -not -name CMakeLists.txt; }
programs() {
  local source
  for source in test/{stdvector,sparse_permutations} \
    doc/examples/{matrixfree_cg,TutorialInplaceLU,TutorialLinAlgSelfAdjointEigenSolver}; do
    echo "$(basename "$source") $source.cpp"
  done
}
# One repetition with a fixed seed, which the examples ignore.
run() { "./out/$1" r1 s1; }

main "$@"
