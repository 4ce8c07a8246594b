"""From BPMN files to the node table: the only place that uses SpiffWorkflow's parser."""
