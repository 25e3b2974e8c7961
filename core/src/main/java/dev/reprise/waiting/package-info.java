/** Whoever waits: for an end, or for a read that outlasts a store that is away. */
@NullMarked
package dev.reprise.waiting;

import org.jspecify.annotations.NullMarked;
