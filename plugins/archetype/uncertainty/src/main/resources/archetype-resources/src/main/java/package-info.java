/** Weighs samples by a Gaussian of their distance: write here what the plugin does, and its source. */
package ${package};
