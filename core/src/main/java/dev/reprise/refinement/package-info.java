/** A generation made from another's output, and the chain that leads to it. */
@NullMarked
package dev.reprise.refinement;

import org.jspecify.annotations.NullMarked;
