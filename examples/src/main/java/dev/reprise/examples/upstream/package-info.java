/** Where the examples get their texts from: a model behind a key in the environment, or the simulator. */
@NullMarked
package dev.reprise.examples.upstream;

import org.jspecify.annotations.NullMarked;
