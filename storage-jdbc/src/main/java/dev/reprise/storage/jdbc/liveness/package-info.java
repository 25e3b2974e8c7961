/** Runners' rows, their heartbeats, and how the death of one is noticed. */
@NullMarked
package dev.reprise.storage.jdbc.liveness;

import org.jspecify.annotations.NullMarked;
