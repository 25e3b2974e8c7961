/** What the providers over HTTP are built with. */
@NullMarked
package dev.reprise.provider.http;

import org.jspecify.annotations.NullMarked;
