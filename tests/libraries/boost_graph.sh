#!/bin/bash
# Boost.Graph: tests and examples. Usage: boost_graph.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=boost1.74
unpack='*/libs/graph/*'
namespaces=boost
flags=(-std=c++14 -w -I.)
# Without limits they make 24 million calls.
export OMNITRACE_LIMITS=calls=1000

# The source has no folder with all headers, and those in /usr/include would not be traced by `*`.
prepare() { ln -s /usr/include/boost boost; }
# Without the folders for implementation and for several machines.
public_headers() { ls boost/graph/*.hpp; }
programs() {
  local source
  for source in \
    test/{eccentricity,generator_test,grid_graph_cc,layout_test,max_flow_test} \
    example/{make_maximal_planar,quick_tour,sloan_ordering,stoer_wagner,straight_line_drawing} \
    example/{two_graphs_common_spanning_trees,weighted_matching_example}; do
    echo "$(basename "$source") libs/graph/$source.cpp"
  done
}

main "$@"
