#include "values.h"

namespace foo {

// The functions look at what they have, as a container that a file never looks into is no complete
// type there, and would be shown by its address.
size_t seen = 0;

void nothing() {}
void number(int n) { seen += static_cast<size_t>(n); }
int pair(int a, int b) { return a + b; }
void reference(const Item& item) { seen += static_cast<size_t>(item.id); }
void value(Item item) { seen += static_cast<size_t>(item.id); }
void text(const std::string& text) { seen += text.size(); }
void numbers(const std::vector<int>& numbers) { seen += numbers.size(); }
void table(const Stock& stock) { seen += static_cast<size_t>(stock.begin()->second); }
void pointer(const Item* item) { seen += static_cast<size_t>(item->id); }
void changed(Item* item) { ++item->id; }
std::string result() { return "twenty characters..."; }

}  // namespace foo
