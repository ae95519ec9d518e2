/** Writes a table of the epochs: write here what the plugin does. */
package ${package};
