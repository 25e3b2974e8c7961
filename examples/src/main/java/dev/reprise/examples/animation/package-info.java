/** The animation case: code in a fence, numbers found in it, clamped, overridden and reckoned with. */
@NullMarked
package dev.reprise.examples.animation;

import org.jspecify.annotations.NullMarked;
