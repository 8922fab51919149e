import Cohorts
