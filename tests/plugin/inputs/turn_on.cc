// Turns the switch of foo::step on, as a tool does from outside.
extern "C" char step_switch __asm__("__omni_switch._ZN3foo4stepEi");
void turn_on() { step_switch = 1; }
