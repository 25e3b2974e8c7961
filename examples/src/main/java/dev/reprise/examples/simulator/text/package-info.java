/**
 * The simulator's author: makes a text out of a conversation, with no model behind it.
 *
 * <p>A fresh prompt is read as a brief and written up in one of several shapes; a conversation that ends in an
 * instruction changes its own last text. Nothing here knows of HTTP.
 */
@NullMarked
package dev.reprise.examples.simulator.text;

import org.jspecify.annotations.NullMarked;
