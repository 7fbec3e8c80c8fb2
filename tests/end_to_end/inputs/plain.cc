// Nothing in here is traced.
int main() { return 0; }
