// Eigen's vectors and matrices, with rows in either order, of fixed, dynamic and bounded size.
// RUN: %values -std=c++20 -isystem /usr/include/eigen3
#include <Eigen/Dense>

#include "values.h"

int main() {
  sees(Eigen::Vector3d(1, 2, 3));                      // [1.0, 2.0, 3.0] | [1.0, 2.0, 3.0] | vectors of Eigen
  sees(Eigen::Array3i(1, 2, 3));                       // [1, 2, 3] | [1, 2, 3]
  Eigen::VectorXi vector(2);
  vector << 8, 9;
  sees(vector);                                        // [8, 9] | [8, 9]
  Eigen::RowVectorXi row(2);
  row << 8, 9;
  sees(row);                                           // [8, 9] | [8, 9]
  sees(Eigen::VectorXi());                             // [] | []

  Eigen::Matrix<int, 2, 3> matrix;
  matrix << 1, 2, 3, 4, 5, 6;
  sees(matrix);
  // [[1, 2, 3], [4, 5, 6]] | [[1, 2, 3], [4, 5, 6]]
  sees(Eigen::MatrixXi(matrix));
  // [[1, 2, 3], [4, 5, 6]] | [[1, 2, 3], [4, 5, 6]]
  sees(Eigen::Matrix<int, 2, 3, Eigen::RowMajor>(matrix));
  // [[1, 2, 3], [4, 5, 6]] | [[1, 2, 3], [4, 5, 6]]
  sees(Eigen::Matrix<int, 2, Eigen::Dynamic>(matrix));
  // [[1, 2, 3], [4, 5, 6]] | [[1, 2, 3], [4, 5, 6]]
  sees(Eigen::Matrix<int, Eigen::Dynamic, 3, Eigen::RowMajor>(matrix));
  // [[1, 2, 3], [4, 5, 6]] | [[1, 2, 3], [4, 5, 6]]
  sees(Eigen::Matrix<int, Eigen::Dynamic, Eigen::Dynamic, 0, 4, 4>(matrix));
  // [[1, 2, 3], [4, 5, 6]] | [[1, 2, 3], [4, 5, 6]]
  sees(Eigen::ArrayXXi(matrix));
  // [[1, 2, 3], [4, 5, 6]] | [[1, 2, 3], [4, 5, 6]]
  sees(Eigen::MatrixXi());                             // [] | []
  sees(Eigen::MatrixXi(0, 3));                         // [] | []
  sees(Eigen::Matrix2i(Eigen::Matrix2i::Identity()));  // [[1, 0], [0, 1]] | [[1, 0], [0, 1]] | matrices of Eigen

  // Its numbers need not lie together.
  using Every = Eigen::Map<Eigen::Vector2i, 0, Eigen::InnerStride<2>>;
  int numbers[] = {1, 2, 3};
  sees(Every(numbers));
  // {m_data: 0x…, m_rows: {}, m_cols: {}, m_stride: {m_outer: {}, m_inner: {}}} | {"m_data": "0x…", "m_rows": {}, "m_cols": {}, "m_stride": {"m_outer": {}, "m_inner": {}}}
}
