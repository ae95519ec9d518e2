/**
 * Finds plugins and lists the components they bring.
 *
 * <p>A {@link io.uad.runtime.plugin.PluginSource} is a place where plugins lie; a
 * {@link io.uad.runtime.plugin.PluginRegistry} is what all places together hold. To add a place, implement
 * {@code PluginSource}. What a component is made by, {@code RegisteredComponent.create}, guards it: a failure names the
 * plugin, and {@link io.uad.runtime.plugin.PluginCalls} knows which component is being called.
 */
@NullMarked
package io.uad.runtime.plugin;

import org.jspecify.annotations.NullMarked;
