/**
 * Reads the configuration: layers of YAML and flags become one {@link io.uad.runtime.config.RunConfig}, in which every
 * value is checked and every component is chosen.
 *
 * <p>Text becomes nodes that remember their place ({@code YamlReader}), layers are merged ({@code LayerMerger}), values
 * are checked against the {@link io.uad.api.Option}s of a record and become one ({@code OptionReader}). To add a setting
 * of the runtime, add a component to one of the {@code ...Settings} records.
 */
@NullMarked
package io.uad.runtime.config;

import org.jspecify.annotations.NullMarked;
