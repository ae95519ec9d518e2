@NullMarked
package io.uad.runtime.config;

import org.jspecify.annotations.NullMarked;
