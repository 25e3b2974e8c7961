/** A provider of one's own: what it owes the library, in the smallest form that does something. */
@NullMarked
package dev.reprise.examples.custom;

import org.jspecify.annotations.NullMarked;
