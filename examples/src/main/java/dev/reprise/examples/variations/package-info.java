/** The main job: variations of a brief side by side, then a chain of refinements. */
@NullMarked
package dev.reprise.examples.variations;

import org.jspecify.annotations.NullMarked;
