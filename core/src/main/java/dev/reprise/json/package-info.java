/** JSON as plain trees of maps, lists, texts, numbers and booleans. */
@NullMarked
package dev.reprise.json;

import org.jspecify.annotations.NullMarked;
