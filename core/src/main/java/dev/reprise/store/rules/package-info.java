/**
 * What follows from what: the rules that every store shares, as pure functions from facts to steps. A store finds rows,
 * locks them, asks here, and writes what it is told.
 */
@NullMarked
package dev.reprise.store.rules;

import org.jspecify.annotations.NullMarked;
