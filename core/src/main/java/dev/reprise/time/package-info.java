/** Time as the engine sees it: a clock, a monotonic reading and timers, all replaceable in tests. */
@NullMarked
package dev.reprise.time;

import org.jspecify.annotations.NullMarked;
