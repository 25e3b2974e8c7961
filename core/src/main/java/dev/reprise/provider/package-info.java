/** The SPI of what turns a request into a response. */
@NullMarked
package dev.reprise.provider;

import org.jspecify.annotations.NullMarked;
