/** Several generations of one request, side by side. */
@NullMarked
package dev.reprise.variation;

import org.jspecify.annotations.NullMarked;
