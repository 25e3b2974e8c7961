/** A curl for model gateways: requests in as JSON lines, what became of them out as JSON lines. */
@NullMarked
package dev.reprise.examples.call;

import org.jspecify.annotations.NullMarked;
