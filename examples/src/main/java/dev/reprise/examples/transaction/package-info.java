/** Creating generations in a transaction of the app's own. */
@NullMarked
package dev.reprise.examples.transaction;

import org.jspecify.annotations.NullMarked;
