"""Policy frame: equality strategies, actions of earlier partnerships, cross-cutting issues, pillars, goals."""

from enum import StrEnum


class Strategy(StrEnum):
    """Strategies and frameworks named by the Orientation Paper (sections 2 and 3.2.4), and those that followed.

    Validity dates and links: `terms/strategy.yml`.
    """

    SOCIAL_RIGHTS_PILLAR = "social_rights_pillar"
    SOCIAL_RIGHTS_ACTION_PLAN = "social_rights_action_plan"
    GENDER_EQUALITY_2020 = "gender_equality_2020_2025"
    GENDER_EQUALITY_2026 = "gender_equality_2026_2030"
    ANTI_RACISM_2020 = "anti_racism_2020_2025"
    ANTI_RACISM_2026 = "anti_racism_2026_2030"
    ROMA_FRAMEWORK = "roma_framework_2020_2030"
    LGBTIQ_2020 = "lgbtiq_2020_2025"
    LGBTIQ_2026 = "lgbtiq_2026_2030"
    DISABILITY_RIGHTS = "disability_rights_2021_2030"
    ANTISEMITISM = "antisemitism_2021_2030"
    CHILD_RIGHTS = "child_rights_2021"
    CHILD_GUARANTEE = "child_guarantee_2021"
    ANTI_MUSLIM_HATRED = "anti_muslim_hatred"
    FUNDAMENTAL_RIGHTS_CHARTER = "fundamental_rights_charter"
    GREEN_DEAL = "green_deal"
    RENOVATION_WAVE = "renovation_wave"
    JUST_TRANSITION_MECHANISM = "just_transition_mechanism"
    NEW_LEIPZIG_CHARTER = "new_leipzig_charter"
    PACT_OF_AMSTERDAM = "pact_of_amsterdam"
    LJUBLJANA_AGREEMENT = "ljubljana_agreement"
    GIJON_AGREEMENT = "gijon_agreement"
    NEW_EUROPEAN_BAUHAUS = "new_european_bauhaus"
    TERRITORIAL_AGENDA = "territorial_agenda_2030"
    SOCIAL_ECONOMY_PLAN = "social_economy_action_plan"
    PROXIMITY_ECONOMY_PATHWAY = "proximity_economy_pathway"
    DIGITAL_STRATEGY = "digital_strategy"
    MIGRATION_PACT = "migration_pact"
    TALENT_MOBILITY = "skills_talent_mobility"
    INTEGRATION_PLAN = "integration_plan_2021_2027"
    YOUTH_STRATEGY = "youth_strategy_2019_2027"
    POLITICAL_GUIDELINES = "political_guidelines_2024_2029"
    CIVIC_ENGAGEMENT = "civic_engagement_recommendation_2023"
    INTERGENERATIONAL_FAIRNESS = "intergenerational_fairness_2026"
    AGENDA_2030 = "agenda_2030"
    NEW_URBAN_AGENDA = "new_urban_agenda"


class PartnershipAction(StrEnum):
    """Actions of other Urban Agenda partnerships that the paper builds on (Orientation Paper 2024, section 4)."""

    CULTURE_5_2 = "culture_5_2"
    CULTURE_5_3 = "culture_5_3"
    CULTURE_5_5 = "culture_5_5"
    CULTURE_5_11 = "culture_5_11"
    MIGRANTS_6_7 = "migrants_6_7"
    JOBS_3 = "jobs_3"
    JOBS_7 = "jobs_7"
    TOURISM_5 = "tourism_5"
    POVERTY_3 = "poverty_3"
    POVERTY_6 = "poverty_6"
    POVERTY_7 = "poverty_7"
    POVERTY_8 = "poverty_8"
    POVERTY_10 = "poverty_10"
    POVERTY_11 = "poverty_11"


class CrossCuttingIssue(StrEnum):
    """Cross-cutting issues of the Gijon Agreement, clause 5 (Orientation Paper 2024, section 5)."""

    COMMON_GOOD = "common_good"
    INTEGRATED_INNOVATION = "integrated_innovation"
    GOVERNANCE_PARTICIPATION = "governance_participation"
    MULTILEVEL_GOVERNANCE = "multilevel_governance"
    PLACE_BASED_POLICY = "place_based_policy"
    SUSTAINABLE_PLANNING = "sustainable_planning"
    GLOBAL_GOALS = "global_goals"
    LOCAL_ANALYSIS_FUNDING = "local_analysis_funding"
    REGENERATION_WITHOUT_GENTRIFICATION = "regeneration_without_gentrification"
    UNIVERSAL_ACCESSIBILITY = "universal_accessibility"
    CLIMATE_LENS = "climate_lens"


class Pillar(StrEnum):
    """The three pillars of the Urban Agenda for the EU (Pact of Amsterdam, 2016)."""

    KNOWLEDGE = "better_knowledge"
    REGULATION = "better_regulation"
    FUNDING = "better_funding"


class Sdg(StrEnum):
    """Sustainable Development Goals of the 2030 Agenda (United Nations, A/RES/70/1)."""

    NO_POVERTY = "sdg_1"
    ZERO_HUNGER = "sdg_2"
    GOOD_HEALTH = "sdg_3"
    QUALITY_EDUCATION = "sdg_4"
    GENDER_EQUALITY = "sdg_5"
    CLEAN_WATER = "sdg_6"
    CLEAN_ENERGY = "sdg_7"
    DECENT_WORK = "sdg_8"
    INDUSTRY_INNOVATION = "sdg_9"
    REDUCED_INEQUALITIES = "sdg_10"
    SUSTAINABLE_CITIES = "sdg_11"
    RESPONSIBLE_CONSUMPTION = "sdg_12"
    CLIMATE_ACTION = "sdg_13"
    LIFE_BELOW_WATER = "sdg_14"
    LIFE_ON_LAND = "sdg_15"
    PEACE_JUSTICE = "sdg_16"
    PARTNERSHIPS = "sdg_17"
