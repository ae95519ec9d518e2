/**
 * Finds plugins and lists the components they bring.
 *
 * <p>A {@link io.uad.runtime.plugin.PluginSource} is a place where plugins lie; a
 * {@link io.uad.runtime.plugin.PluginRegistry} is what all places together hold. To add a place, implement
 * {@code PluginSource}.
 */
@NullMarked
package io.uad.runtime.plugin;

import org.jspecify.annotations.NullMarked;
