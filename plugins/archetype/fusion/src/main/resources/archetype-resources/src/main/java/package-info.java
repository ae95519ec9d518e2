/** Joins the means of two taps: write here what the plugin does, and its source. */
package ${package};
